package io.creditflow.api.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.creditflow.api.auth.KeySource.KeySet;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Turns an Authorization header into a {@link Caller}.
 *
 * <p>A signature costs tens of microseconds to check, more than the answer it guards, so tokens
 * found good are remembered until they end or the keys change.
 */
public final class TokenVerifier {
  private static final String SCHEME = "Bearer ";
  private static final int REMEMBERED_MAX = 10_000;
  private static final int REMEMBERED_CHARACTERS_MAX = 8 << 20;
  private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

  private static final long BEGINNING_MILLIS = Long.MIN_VALUE / 2;
  private static final long END_MILLIS = Long.MAX_VALUE / 2;

  private final KeySource keys;
  private final Optional<String> issuer;
  private final Optional<String> audience;
  private final long skewMillis;
  private final Clock clock;
  private final ConcurrentHashMap<String, Accepted> remembered = new ConcurrentHashMap<>();
  private final AtomicLong rememberedCharacters = new AtomicLong();

  /** A token found good, with the keys it was checked against. */
  private record Accepted(Caller caller, long notBeforeMillis, long expiresMillis, long keys) {}

  TokenVerifier(
      KeySource keys,
      Optional<String> issuer,
      Optional<String> audience,
      Duration skew,
      Clock clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.audience = audience;
    this.skewMillis = skew.toMillis();
    this.clock = clock;
  }

  /**
   * @throws IllegalArgumentException if the keys are in a file that cannot be used
   */
  public static TokenVerifier of(Configuration configuration, Clock clock) {
    String place = configuration.get(Settings.AUTH_JWKS);
    return new TokenVerifier(
        keysAt(place, configuration.get(Settings.AUTH_JWKS_REFRESH)),
        configuration.get(Settings.AUTH_ISSUER),
        configuration.get(Settings.AUTH_AUDIENCE),
        configuration.get(Settings.AUTH_CLOCK_SKEW),
        clock);
  }

  private static KeySource keysAt(String place, Duration refresh) {
    try {
      return place.matches("(?i)https?://.*")
          ? new RemoteKeySource(URI.create(place), refresh, System::nanoTime)
          : new FileKeySource(Path.of(place));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Settings.AUTH_JWKS.key() + " = \"" + place + "\": no JWKS can be read there (" + e + ")",
          e);
    }
  }

  /**
   * @param authorization the Authorization header; null if there is none
   * @throws InvalidTokenException if there is no token or it is not to be trusted
   * @throws KeysUnavailableException if there are no keys yet to judge it by
   */
  public Caller callerOf(String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw InvalidTokenException.missing();
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new InvalidTokenException("The Authorization header must be: Bearer <JWT>.");
    }
    String text = authorization.substring(SCHEME.length()).strip();
    Accepted accepted = remembered.get(text);
    if (accepted == null || accepted.keys() != keys.current().generation()) {
      accepted = judge(text);
      remember(text, accepted);
    }
    requireNow(accepted);
    return accepted.caller();
  }

  private void requireNow(Accepted accepted) {
    long now = clock.millis();
    if (now >= accepted.expiresMillis() + skewMillis) {
      throw new InvalidTokenException("The token has expired.");
    }
    if (now < accepted.notBeforeMillis() - skewMillis) {
      throw new InvalidTokenException("The token is not valid yet.");
    }
  }

  private void remember(String text, Accepted accepted) {
    if (remembered.size() >= REMEMBERED_MAX
        || rememberedCharacters.addAndGet(text.length()) > REMEMBERED_CHARACTERS_MAX) {
      remembered.clear(); // rare, and costs one check per token in use
      rememberedCharacters.set(text.length());
    }
    remembered.put(text, accepted);
  }

  private Accepted judge(String text) {
    // The library would skip foreign characters in the signature: one token in endless spellings,
    // each of them remembered.
    if (!COMPACT.matcher(text).matches()) {
      throw new InvalidTokenException("The token is not a signed JWT.");
    }
    SignedJWT token;
    JWTClaimsSet claims;
    try {
      token = SignedJWT.parse(text);
      claims = token.getJWTClaimsSet();
    } catch (ParseException | RuntimeException e) {
      throw new InvalidTokenException("The token is not a signed JWT.", e);
    }
    if (claims == null) {
      throw new InvalidTokenException("The token has no claims.");
    }
    KeySet used = requireSignature(token);
    return accept(claims, used);
  }

  private KeySet requireSignature(SignedJWT token) {
    if (!VerificationKey.isAccepted(token.getHeader().getAlgorithm().getName())) {
      throw new InvalidTokenException("The token must be signed with RS256, ES256 or EdDSA.");
    }
    if (token.getHeader().getCriticalParams() != null) {
      throw new InvalidTokenException("The token has critical headers, which are not supported.");
    }
    KeySet set = keys.current();
    List<VerificationKey> candidates = candidates(set, token);
    if (candidates.isEmpty()) {
      set = keys.afterUnknownKey();
      candidates = candidates(set, token);
    }
    if (candidates.isEmpty()) {
      throw new InvalidTokenException("The token is signed with a key that is not known here.");
    }
    for (VerificationKey key : candidates) {
      if (key.isValid(token)) {
        return set;
      }
    }
    throw new InvalidTokenException("The token's signature is not valid.");
  }

  private static List<VerificationKey> candidates(KeySet set, SignedJWT token) {
    return set.keys().stream().filter(key -> key.fits(token.getHeader())).toList();
  }

  private Accepted accept(JWTClaimsSet claims, KeySet used) {
    if (claims.getExpirationTime() == null) {
      throw new InvalidTokenException("The token has no exp claim.");
    }
    if (issuer.isPresent() && !issuer.get().equals(claims.getIssuer())) {
      throw new InvalidTokenException("The token is from another issuer.");
    }
    if (audience.isPresent() && !claims.getAudience().contains(audience.get())) {
      throw new InvalidTokenException("The token is for another audience.");
    }
    Caller caller =
        new Caller(
            claims.getSubject(), stringsOf(claims, "workspaces"), stringsOf(claims, "permissions"));
    return new Accepted(
        caller,
        millisOf(claims.getNotBeforeTime(), BEGINNING_MILLIS),
        millisOf(claims.getExpirationTime(), BEGINNING_MILLIS),
        used.generation());
  }

  /** Kept away from the ends of long, so that adding the skew cannot overflow. */
  private static long millisOf(Date claim, long otherwise) {
    return claim == null
        ? otherwise
        : Math.max(BEGINNING_MILLIS, Math.min(claim.toInstant().toEpochMilli(), END_MILLIS));
  }

  /** A claim that is an array of strings; one that is absent allows nothing. */
  private static List<String> stringsOf(JWTClaimsSet claims, String name) {
    Object claim = claims.getClaim(name);
    if (claim == null) {
      return List.of();
    }
    if (claim instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new InvalidTokenException("The token's claim " + name + " must be an array of strings.");
  }
}
