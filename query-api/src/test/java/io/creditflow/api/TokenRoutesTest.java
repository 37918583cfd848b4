package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRoutesTest {
  private static final TestKeys RSA = new TestKeys("RS256", "rsa");
  private static final TestKeys EC = new TestKeys("ES256", "ec");
  private static final TestKeys ED = new TestKeys("EdDSA", "ed");
  private static final TestKeys STRANGER = new TestKeys("RS256", "rsa");

  @TempDir Path directory;
  private Path jwks;
  private TestInstance instance;

  @BeforeEach
  void start() throws IOException {
    jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(RSA, EC, ED));
    instance = new TestInstance(new InMemoryLocalState().workspace("acme", "Acme", "UTC"), jwks);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void tokensOfAllThreeAlgorithmsAreTaken() {
    for (TestKeys keys : List.of(RSA, EC, ED)) {
      HttpResponse<String> answer = me(keys.token("acme"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo(
              "{\"subject\":\"ann\",\"workspaces\":[\"acme\"],\"permissions\":[\"credits:read\"]}");
      assertThat(answer.headers().firstValue("ETag")).isPresent();
    }
  }

  @Test
  void withoutATokenTheChallengeSaysHow() {
    HttpResponse<String> answer = instance.get("/v1/me");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer")
        .doesNotContain("error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "HS256", "none", "None", "ES256", "RS512", "PS256", ""})
  void aTokenOfAnotherKeyIsRefusedWhateverItsHeaderSays(String algorithm) {
    String token =
        STRANGER.token(
            Map.of("alg", algorithm, "kid", "rsa"),
            TestKeys.claims(List.of("*"), List.of("credits:read")));

    assertRefused(token);
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String claims = base64(TestKeys.json(TestKeys.claims(List.of("*"), List.of("credits:read"))));

    assertRefused(base64("{\"alg\":\"none\"}") + "." + claims + ".");
    assertRefused(base64("{\"alg\":\"none\"}") + "." + claims);
    assertRefused(base64("{\"alg\":\"RS256\",\"kid\":\"rsa\"}") + "." + claims + ".");
  }

  @Test
  void anHmacOverThePublicKeyIsRefused() throws Exception {
    String input =
        base64("{\"alg\":\"HS256\",\"kid\":\"rsa\"}")
            + "."
            + base64(TestKeys.json(TestKeys.claims(List.of("*"), List.of("credits:read"))));
    for (byte[] secret : List.of(RSA.publicKey().getEncoded(), Files.readAllBytes(jwks))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
      assertRefused(input + "." + TestKeys.base64(signature));
    }
  }

  @Test
  void timesAreKeptWithSomeTolerance() {
    assertRefused(RSA.token(with("exp", seconds(Duration.ofMinutes(-2)))));
    assertRefused(RSA.token(with("nbf", seconds(Duration.ofMinutes(2)))));
    assertRefused(RSA.token(with("exp", null)));
    assertRefused(RSA.token(with("exp", "tomorrow")));
    assertThat(me(RSA.token(with("exp", seconds(Duration.ofSeconds(-2))))).statusCode())
        .isEqualTo(200);
    assertThat(me(RSA.token(with("nbf", seconds(Duration.ofSeconds(2))))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theToleranceForClocksIsAsConfigured() {
    Map<String, Object> expired = with("exp", seconds(Duration.ofSeconds(-200)));
    Map<String, Object> early = with("nbf", seconds(Duration.ofSeconds(200)));
    for (Map<String, Object> claims : List.of(expired, early)) {
      assertThat(statusWithSkew("5m", claims)).isEqualTo(200);
      assertThat(statusWithSkew("60s", claims)).isEqualTo(401);
      assertThat(statusWithSkew("0s", claims)).isEqualTo(401);
    }
    assertThat(statusWithSkew("0s", with("nbf", seconds(Duration.ofSeconds(-1))))).isEqualTo(200);
  }

  private int statusWithSkew(String skew, Map<String, Object> claims) {
    try (TestInstance other =
        new TestInstance(new InMemoryLocalState(), jwks, "CREDITFLOW_AUTH_CLOCK_SKEW", skew)) {
      return strictMe(other, claims);
    }
  }

  /** Else one token would be many, each of which is remembered. */
  @Test
  void aGoodTokenSpelledOtherwiseIsRefused() {
    for (TestKeys keys : List.of(RSA, EC, ED)) {
      String token = keys.token("acme");
      int signature = token.lastIndexOf('.') + 1;
      for (String junk : List.of("!", "=", " ", "*".repeat(1000))) {
        assertRefused(token.substring(0, signature) + junk + token.substring(signature));
        assertRefused(token.substring(0, signature + 9) + junk + token.substring(signature + 9));
      }
      assertRefused(token + "=");
    }
  }

  @Test
  void claimsOfAnotherShapeAreRefusedAndAbsentOnesAllowNothing() {
    assertRefused(RSA.token(with("workspaces", "acme")));
    assertRefused(RSA.token(with("permissions", List.of(1))));
    String path = "/v1/workspaces/acme/credits";
    assertThat(get(path, RSA.token(with("workspaces", null))).statusCode()).isEqualTo(403);
    assertThat(get(path, RSA.token(with("permissions", null))).statusCode()).isEqualTo(403);
  }

  @Test
  void garbageIsRefused() {
    for (String token :
        List.of(
            "x", "a.b.c", "..", "e30.e30.e30", base64("{\"alg\":\"RS256\",\"crit\":[\"x\"]}"))) {
      assertRefused(token);
    }
    assertThat(instance.get("/v1/me", "Authorization", "Basic YTpi").statusCode()).isEqualTo(401);
    assertRefused(RSA.token(Map.of("alg", "RS256", "crit", List.of("exp")), with("a", "b")));
  }

  @Test
  void aWorkspaceOutsideTheTokenIs403WhetherItExistsOrNot() {
    String token = RSA.token("mine");
    HttpResponse<String> exists = get("/v1/workspaces/acme/credits", token);
    HttpResponse<String> not = get("/v1/workspaces/nowhere/credits?limit=x", token);

    assertThat(exists.statusCode()).isEqualTo(403);
    assertThat(not.statusCode()).isEqualTo(403);
    assertThat(not.body()).isEqualTo(exists.body());
    assertThat(get("/v1/workspaces/mine/credits", token).statusCode()).isEqualTo(404);
  }

  @Test
  void aPermissionThatLacksIs403() {
    String token = RSA.token(TestKeys.claims(List.of("*"), List.of("ops:read")));

    assertThat(get("/v1/workspaces", token).statusCode()).isEqualTo(403);
    assertThat(get("/v1/workspaces/acme/credits", token).statusCode()).isEqualTo(403);
    assertThat(me(token).statusCode()).isEqualTo(200);
  }

  @Test
  void keysAreReadAgainWhenTheFileChanges() throws Exception {
    TestKeys next = new TestKeys("RS256", "next");
    String old = RSA.token("acme");
    assertThat(me(old).statusCode()).isEqualTo(200);
    assertRefused(next.token("acme"));

    Files.writeString(jwks, TestKeys.jwks(next));
    Await.until(
        "the new key is taken",
        Duration.ofSeconds(10),
        () -> me(next.token("acme")).statusCode() == 200);

    assertRefused(old);
  }

  @Test
  void issuerAndAudienceAreCheckedWhenConfigured() {
    try (TestInstance strict =
        new TestInstance(
            new InMemoryLocalState(),
            jwks,
            "CREDITFLOW_AUTH_ISSUER",
            "us",
            "CREDITFLOW_AUTH_AUDIENCE",
            "creditflow")) {
      Map<String, Object> claims = with("iss", "us");
      assertThat(strictMe(strict, claims)).isEqualTo(401);
      claims.put("aud", "another");
      assertThat(strictMe(strict, claims)).isEqualTo(401);
      claims.put("aud", List.of("another", "creditflow"));
      assertThat(strictMe(strict, claims)).isEqualTo(200);
      claims.put("iss", "them");
      assertThat(strictMe(strict, claims)).isEqualTo(401);
    }
  }

  private static int strictMe(TestInstance strict, Map<String, Object> claims) {
    return strict.get("/v1/me", "Authorization", "Bearer " + RSA.token(claims)).statusCode();
  }

  private void assertRefused(String token) {
    HttpResponse<String> answer = me(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private HttpResponse<String> me(String token) {
    return get("/v1/me", token);
  }

  private HttpResponse<String> get(String path, String token) {
    return instance.get(path, "Authorization", "Bearer " + token);
  }

  private static long seconds(Duration fromNow) {
    return Instant.now().plus(fromNow).getEpochSecond();
  }

  private static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims =
        new HashMap<>(TestKeys.claims(List.of("acme"), List.of("credits:read")));
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return claims;
  }

  private static String base64(String text) {
    return TestKeys.base64(text.getBytes(StandardCharsets.UTF_8));
  }
}
