package io.creditflow.quickstart.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * An elliptic-curve key pair (ES256) in a directory: {@code signing-key.json} signs tokens, and
 * {@code jwks.json} has the public key that verifies them.
 */
public final class SigningKey {
  private final ECKey key;
  private final Path jwks;

  private SigningKey(ECKey key, Path jwks) {
    this.key = key;
    this.jwks = jwks;
  }

  /** The directory's key pair, generated if there is none. */
  public static SigningKey in(Path directory) {
    Path secret = directory.resolve("signing-key.json");
    Path jwks = directory.resolve("jwks.json");
    try {
      if (!Files.exists(secret)) {
        ECKey fresh =
            new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        Files.createDirectories(directory);
        Path draft = directory.resolve("signing-key.json.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, ownerOnly(directory));
        Files.writeString(draft, fresh.toJSONString());
        Files.move(draft, secret, StandardCopyOption.ATOMIC_MOVE);
      }
      ECKey key = ECKey.parse(Files.readString(secret));
      Files.writeString(jwks, new JWKSet(key.toPublicJWK()).toString());
      return new SigningKey(key, jwks);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read or write the signing key in " + directory, e);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(
          "Not a signing key: " + secret + ". Delete the file to generate a new key", e);
    }
  }

  /** The path of the public keys, for the setting {@code auth.jwks}. */
  public Path jwks() {
    return jwks;
  }

  /**
   * A signed token (contract section 4).
   *
   * @param workspaces ids, or {@code *} alone for all
   * @param permissions {@code credits:read}, {@code ops:read}
   */
  public String token(
      String subject,
      List<String> workspaces,
      List<String> permissions,
      Instant issuedAt,
      Duration validFor) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(subject)
            .claim("workspaces", workspaces)
            .claim("permissions", permissions)
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(issuedAt.plus(validFor)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("Cannot sign a token", e);
    }
    return token.serialize();
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)}
        : new FileAttribute<?>[0];
  }
}
