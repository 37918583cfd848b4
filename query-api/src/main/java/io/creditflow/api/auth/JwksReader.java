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
 * Parses JWKS documents from one source. Each key is parsed on its own. A key that cannot verify
 * tokens is skipped and logged once per process. Not thread-safe.
 */
final class JwksReader {
  /** The maximum length of a document in bytes; hundreds of keys need only a fraction of it. */
  static final int LENGTH_MAX = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(JwksReader.class);
  private static final int REPORTED_MAX = 1_000;
  private static final int MEMBER_CHARACTERS_MAX = 80;

  private final Object source;
  private final Set<JsonNode> reported = new HashSet<>();

  /**
   * @param source the file or URL of the documents, for log lines
   */
  JwksReader(Object source) {
    this.source = source;
  }

  /**
   * Parses a document.
   *
   * @param text the bytes of the document
   * @param generation the generation of the returned keys
   * @throws IOException if the document is too long or is not a JWKS
   */
  KeySet read(byte[] text, long generation) throws IOException {
    if (text.length > LENGTH_MAX) {
      throw new IOException("longer than " + LENGTH_MAX + " bytes");
    }
    JsonNode keys = Json.read(text, JsonNode.class).path("keys");
    if (!keys.isArray()) {
      throw new IOException("not a JWKS: it has no array \"keys\"");
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
      LOG.warn("No key of {} can verify tokens: every token is refused", source);
    }
    return new KeySet(generation, List.copyOf(usable));
  }

  private void report(JsonNode jwk, String reason) {
    if (reported.size() < REPORTED_MAX && reported.add(jwk)) {
      LOG.warn(
          "Skipped a key of {}: {} (kid {}, kty {}, crv {}, alg {}, use {})",
          source,
          reason,
          shown(jwk, "kid"),
          shown(jwk, "kty"),
          shown(jwk, "crv"),
          shown(jwk, "alg"),
          shown(jwk, "use"));
    }
  }

  /** The member as JSON, in which line breaks are escaped, cut to a maximum length. */
  private static String shown(JsonNode jwk, String member) {
    String text = jwk.path(member).toString();
    return text.length() <= MEMBER_CHARACTERS_MAX
        ? text.isEmpty() ? "-" : text
        : text.substring(0, MEMBER_CHARACTERS_MAX) + "...";
  }
}
