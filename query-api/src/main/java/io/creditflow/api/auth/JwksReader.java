package io.creditflow.api.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.api.auth.KeySource.KeySet;
import io.creditflow.api.http.Json;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads JWKS texts of one place, each key by itself: one that no token can be checked with is
 * passed over, with one log line in the life of the process. Not thread-safe.
 */
final class JwksReader {
  /** Bytes; a JWKS of hundreds of keys is a fraction of it. */
  static final int LENGTH_MAX = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(JwksReader.class);
  private static final int REPORTED_MAX = 1_000;
  private static final int MEMBER_CHARACTERS_MAX = 80;

  private final Object place;
  private final Set<JsonNode> reported = new HashSet<>();

  /**
   * @param place names the file or address in the log
   */
  JwksReader(Object place) {
    this.place = place;
  }

  /**
   * Reads a text.
   *
   * @throws IOException if it is no JWKS at all
   */
  KeySet read(byte[] text, long generation) throws IOException {
    if (text.length > LENGTH_MAX) {
      throw new IOException("longer than " + LENGTH_MAX + " bytes");
    }
    JsonNode keys = Json.read(text, JsonNode.class).path("keys");
    if (!keys.isArray()) {
      throw new IOException("no JWKS: it has no array \"keys\"");
    }
    List<VerificationKey> usable = new ArrayList<>();
    for (JsonNode jwk : keys) {
      try {
        usable.add(VerificationKey.of(jwk));
      } catch (InvalidKeyException e) {
        report(jwk, e.getMessage());
      }
    }
    if (usable.isEmpty()) {
      LOG.warn("No token can be checked with any key of {}: every token is refused", place);
    }
    return new KeySet(generation, List.copyOf(usable));
  }

  private void report(JsonNode jwk, String reason) {
    if (reported.size() < REPORTED_MAX && reported.add(jwk)) {
      LOG.warn(
          "A key of {} is passed over: {} (kid {}, kty {}, crv {}, alg {}, use {})",
          place,
          reason,
          shown(jwk, "kid"),
          shown(jwk, "kty"),
          shown(jwk, "crv"),
          shown(jwk, "alg"),
          shown(jwk, "use"));
    }
  }

  /** As JSON, so that no line break of it gets into the log. */
  private static String shown(JsonNode jwk, String member) {
    String text = jwk.path(member).toString();
    return text.length() <= MEMBER_CHARACTERS_MAX
        ? text.isEmpty() ? "-" : text
        : text.substring(0, MEMBER_CHARACTERS_MAX) + "...";
  }
}
