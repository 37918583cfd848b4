package io.creditflow.api.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * Checks signatures. The key's own type decides what algorithm it may be used with, so that a
 * public key can never be taken for a shared secret.
 */
final class Signatures {
  /** What precedes the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final JWSAlgorithm ED25519 = new JWSAlgorithm("Ed25519"); // RFC 9864

  /** True if tokens with this algorithm are looked at at all. */
  static boolean isAccepted(JWSAlgorithm algorithm) {
    return JWSAlgorithm.RS256.equals(algorithm)
        || JWSAlgorithm.ES256.equals(algorithm)
        || isEd25519(algorithm);
  }

  private static boolean isEd25519(JWSAlgorithm algorithm) {
    return JWSAlgorithm.EdDSA.equals(algorithm) || ED25519.equals(algorithm);
  }

  /** True if a token with this header can have been signed with this key. */
  static boolean fits(JWK key, JWSHeader header) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    boolean isForSigning = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean isNamed = header.getKeyID() == null || header.getKeyID().equals(key.getKeyID());
    boolean algorithmAgrees =
        key.getAlgorithm() == null
            || key.getAlgorithm().getName().equals(algorithm.getName())
            || (isEd25519(algorithm) && key.getAlgorithm().getName().matches("EdDSA|Ed25519"));
    return isForSigning && isNamed && algorithmAgrees && typeAllows(key, algorithm);
  }

  private static boolean typeAllows(JWK key, JWSAlgorithm algorithm) {
    if (key instanceof RSAKey rsa) {
      return JWSAlgorithm.RS256.equals(algorithm) && rsa.size() >= 2048;
    }
    if (key instanceof ECKey ec) {
      return JWSAlgorithm.ES256.equals(algorithm) && Curve.P_256.equals(ec.getCurve());
    }
    return key instanceof OctetKeyPair pair
        && isEd25519(algorithm)
        && Curve.Ed25519.equals(pair.getCurve());
  }

  static boolean isValid(SignedJWT token, JWK key) {
    try {
      if (key instanceof RSAKey rsa) {
        return token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
      }
      if (key instanceof ECKey ec) {
        return token.verify(new ECDSAVerifier(ec.toECPublicKey()));
      }
      return key instanceof OctetKeyPair pair && isValidEd25519(token, pair);
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      return false; // a signature that cannot even be checked is not a valid one
    }
  }

  /** By the JDK: the library would need another library for it. */
  private static boolean isValidEd25519(SignedJWT token, OctetKeyPair pair)
      throws GeneralSecurityException {
    byte[] point = pair.getX().decode();
    byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }

  private Signatures() {}
}
