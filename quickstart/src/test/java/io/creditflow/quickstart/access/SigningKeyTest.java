package io.creditflow.quickstart.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private static final Instant NOW = Instant.parse("2026-11-18T15:20:00Z");

  @TempDir Path directory;

  @Test
  void signsTokensThatThePublicKeyFileVerifies() throws Exception {
    SigningKey key = SigningKey.in(directory);
    SignedJWT token = SignedJWT.parse(token(key));

    JWK published = JWKSet.load(key.jwks().toFile()).getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(published.isPrivate()).isFalse();
    assertThat(token.verify(new ECDSAVerifier(published.toECKey()))).isTrue();
    assertThat(token.getJWTClaimsSet().getStringListClaim("workspaces")).containsExactly("*");
    assertThat(token.getJWTClaimsSet().getStringListClaim("permissions"))
        .containsExactly("credits:read");
    assertThat(token.getJWTClaimsSet().getExpirationTime())
        .isEqualTo(Date.from(Instant.parse("2026-11-19T15:20:00Z")));
  }

  @Test
  void keepsItsKeySoThatTokensOutliveARestart() throws Exception {
    SignedJWT token = SignedJWT.parse(token(SigningKey.in(directory)));
    SigningKey again = SigningKey.in(directory);
    JWK published = JWKSet.load(again.jwks().toFile()).getKeys().get(0);
    assertThat(token.verify(new ECDSAVerifier(published.toECKey()))).isTrue();
  }

  @Test
  void nobodyElseCanReadTheSecret() throws Exception {
    SigningKey.in(directory);
    Path secret = directory.resolve("signing-key.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  private static String token(SigningKey key) {
    return key.token("me", List.of("*"), List.of("credits:read"), NOW, Duration.ofDays(1));
  }
}
