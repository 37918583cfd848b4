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
 * Verifies the token of an Authorization header and returns its {@link Caller}. Thread-safe.
 *
 * <p>Verifying a signature takes tens of microseconds, longer than computing most answers.
 * Therefore verified tokens are cached until the keys change; the validity period is checked for
 * each request.
 */
public final class TokenVerifier {
  private static final String SCHEME = "Bearer ";
  private static final int CACHED_TOKENS_MAX = 10_000;
  private static final int CACHED_CHARACTERS_MAX = 8 << 20;
  private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

  private static final long BEGINNING_MILLIS = Long.MIN_VALUE / 2;
  private static final long END_MILLIS = Long.MAX_VALUE / 2;

  private final KeySource keys;
  private final Optional<String> issuer;
  private final Optional<String> audience;
  private final long skewMillis;
  private final Clock clock;
  private final ConcurrentHashMap<String, Accepted> cache = new ConcurrentHashMap<>();
  private final AtomicLong cachedCharacters = new AtomicLong();

  /**
   * A verified token.
   *
   * @param keys the generation of the keys that verified it
   */
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
   * @throws IllegalArgumentException if the keys are configured as a file that cannot be used
   */
  public static TokenVerifier of(Configuration configuration, Clock clock) {
    String source = configuration.get(Settings.AUTH_JWKS);
    return new TokenVerifier(
        keysAt(source, configuration.get(Settings.AUTH_JWKS_REFRESH)),
        configuration.get(Settings.AUTH_ISSUER),
        configuration.get(Settings.AUTH_AUDIENCE),
        configuration.get(Settings.AUTH_CLOCK_SKEW),
        clock);
  }

  private static KeySource keysAt(String source, Duration refresh) {
    try {
      return source.matches("(?i)https?://.*")
          ? new RemoteKeySource(URI.create(source), refresh, System::nanoTime)
          : new FileKeySource(Path.of(source));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Settings.AUTH_JWKS.key()
              + " = \""
              + source
              + "\": it cannot be read as a JWKS ("
              + e
              + ")",
          e);
    }
  }

  /**
   * @param authorization the Authorization header; null if there is none
   * @throws InvalidTokenException if there is no token or it is invalid
   * @throws KeysUnavailableException if no keys have been fetched yet
   */
  public Caller callerOf(String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw InvalidTokenException.missing();
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new InvalidTokenException("The Authorization header must be: Bearer <JWT>.");
    }
    String text = authorization.substring(SCHEME.length()).strip();
    Accepted accepted = cache.get(text);
    if (accepted == null || accepted.keys() != keys.current().generation()) {
      accepted = verify(text);
      addToCache(text, accepted);
    }
    requireValidNow(accepted);
    return accepted.caller();
  }

  private void requireValidNow(Accepted accepted) {
    long now = clock.millis();
    if (now >= accepted.expiresMillis() + skewMillis) {
      throw new InvalidTokenException("The token has expired.");
    }
    if (now < accepted.notBeforeMillis() - skewMillis) {
      throw new InvalidTokenException("The token is not valid yet.");
    }
  }

  private void addToCache(String text, Accepted accepted) {
    if (cache.size() >= CACHED_TOKENS_MAX
        || cachedCharacters.addAndGet(text.length()) > CACHED_CHARACTERS_MAX) {
      cache.clear(); // rare; each token in use is verified once more
      cachedCharacters.set(text.length());
    }
    cache.put(text, accepted);
  }

  private Accepted verify(String text) {
    // Nimbus ignores characters outside the Base64 alphabet, so one token would have any number of
    // spellings, each with its own cache entry.
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

  /** The claim in epoch milliseconds, limited so that adding the clock skew cannot overflow. */
  private static long millisOf(Date claim, long otherwise) {
    return claim == null
        ? otherwise
        : Math.max(BEGINNING_MILLIS, Math.min(claim.toInstant().toEpochMilli(), END_MILLIS));
  }

  /** The strings of an array claim; empty if the claim is absent. */
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
