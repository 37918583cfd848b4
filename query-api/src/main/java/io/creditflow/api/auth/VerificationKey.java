package io.creditflow.api.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

/**
 * A public key that verifies tokens. The type of the key determines the algorithm, so a public key
 * is never used as a shared secret. Only the members of a JWK that describe the key and its purpose
 * are read; all others are ignored (RFC 7517, section 4). Thread-safe.
 */
final class VerificationKey {
  private static final Set<String> RS256 = Set.of("RS256");
  private static final Set<String> ES256 = Set.of("ES256");
  private static final Set<String> ED25519 =
      Set.of("EdDSA", "Ed25519"); // Ed25519 is the name of RFC 9864
  private static final int RSA_BITS_MIN = 2048;

  private static final int ED25519_BYTES = 32;

  /** The bytes before the public key in the X.509 encoding of an Ed25519 key (RFC 8410). */
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final String id; // null if the JWK has no kid
  private final Set<String> algorithms;
  private final SignatureCheck check;

  private interface SignatureCheck {
    boolean isValid(SignedJWT token) throws JOSEException, GeneralSecurityException;
  }

  private VerificationKey(String id, Set<String> algorithms, SignatureCheck check) {
    this.id = id;
    this.algorithms = algorithms;
    this.check = check;
  }

  /**
   * Parses one key of a JWKS.
   *
   * @throws InvalidKeyException if the key cannot verify tokens; the message says why
   */
  static VerificationKey of(JsonNode jwk) throws InvalidKeyException {
    if (!jwk.isObject()) {
      throw new InvalidKeyException("it is not a JSON object");
    }
    requireForSignatures(jwk);
    try {
      return switch (required(jwk, "kty")) {
        case "RSA" -> rsa(jwk);
        case "EC" -> p256(jwk);
        case "OKP" -> ed25519(jwk);
        default -> throw new InvalidKeyException("its type is not RSA, EC or OKP");
      };
    } catch (InvalidKeyException e) {
      throw e;
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }

  private static void requireForSignatures(JsonNode jwk) throws InvalidKeyException {
    String use = optional(jwk, "use");
    if (use != null && !use.equals("sig")) {
      throw new InvalidKeyException("its use is not sig");
    }
    JsonNode operations = jwk.path("key_ops");
    boolean isVerifying = operations.isMissingNode() || operations.isNull();
    for (JsonNode operation : operations) {
      isVerifying |= operation.isTextual() && operation.textValue().equals("verify");
    }
    if (!isVerifying) {
      throw new InvalidKeyException("its key_ops do not include verify");
    }
  }

  private static VerificationKey rsa(JsonNode jwk) throws JOSEException, GeneralSecurityException {
    BigInteger modulus = bytes(jwk, "n").decodeToBigInteger();
    BigInteger exponent = bytes(jwk, "e").decodeToBigInteger();
    if (modulus.bitLength() < RSA_BITS_MIN) {
      throw new InvalidKeyException("it has fewer than " + RSA_BITS_MIN + " bits");
    }
    if (exponent.compareTo(BigInteger.ONE) <= 0
        || !exponent.testBit(0)) { // with exponent 1 anyone can sign
      throw new InvalidKeyException("its exponent is not an odd number above 1");
    }
    RSAPublicKey key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    Signature.getInstance("SHA256withRSA").initVerify(key); // applies the limits of the JDK
    return of(jwk, RS256, new RSASSAVerifier(key));
  }

  private static VerificationKey p256(JsonNode jwk) throws JOSEException, GeneralSecurityException {
    requireCurve(jwk, "P-256");
    ECKey key = new ECKey.Builder(Curve.P_256, bytes(jwk, "x"), bytes(jwk, "y")).build();
    return of(jwk, ES256, new ECDSAVerifier(key.toECPublicKey()));
  }

  private static VerificationKey of(JsonNode jwk, Set<String> algorithms, JWSVerifier verifier)
      throws InvalidKeyException {
    return of(jwk, algorithms, (SignedJWT token) -> token.verify(verifier));
  }

  /** Uses the JDK, because Nimbus needs a further library for Ed25519. */
  private static VerificationKey ed25519(JsonNode jwk) throws GeneralSecurityException {
    requireCurve(jwk, "Ed25519");
    byte[] point = bytes(jwk, "x").decode();
    if (point.length != ED25519_BYTES) {
      throw new InvalidKeyException("its x does not have " + ED25519_BYTES + " bytes");
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature.getInstance("Ed25519").initVerify(key); // fails if the point is invalid
    return of(jwk, ED25519, (SignedJWT token) -> isValidEd25519(token, key));
  }

  private static boolean isValidEd25519(SignedJWT token, PublicKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }

  private static VerificationKey of(JsonNode jwk, Set<String> algorithms, SignatureCheck check)
      throws InvalidKeyException {
    String algorithm = optional(jwk, "alg");
    if (algorithm != null && !algorithms.contains(algorithm)) {
      throw new InvalidKeyException("its alg is not " + String.join(" or ", algorithms));
    }
    return new VerificationKey(optional(jwk, "kid"), algorithms, check);
  }

  private static void requireCurve(JsonNode jwk, String curve) throws InvalidKeyException {
    if (!curve.equals(required(jwk, "crv"))) {
      throw new InvalidKeyException("its curve is not " + curve);
    }
  }

  private static Base64URL bytes(JsonNode jwk, String member) throws InvalidKeyException {
    return new Base64URL(required(jwk, member));
  }

  private static String required(JsonNode jwk, String member) throws InvalidKeyException {
    String text = optional(jwk, member);
    if (text == null) {
      throw new InvalidKeyException("it has no " + member);
    }
    return text;
  }

  /** The text of a member; null if it is absent. */
  private static String optional(JsonNode jwk, String member) throws InvalidKeyException {
    JsonNode value = jwk.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidKeyException("its " + member + " is not a string");
    }
    return value.textValue();
  }

  /** True if tokens may be signed with this algorithm. */
  static boolean isAccepted(String algorithm) {
    return RS256.contains(algorithm) || ES256.contains(algorithm) || ED25519.contains(algorithm);
  }

  /** True if the algorithm and the key id of a token's header match this key. */
  boolean fits(JWSHeader header) {
    return algorithms.contains(header.getAlgorithm().getName())
        && (header.getKeyID() == null || header.getKeyID().equals(id));
  }

  boolean isValid(SignedJWT token) {
    try {
      return check.isValid(token);
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      return false; // a malformed signature is invalid
    }
  }
}
