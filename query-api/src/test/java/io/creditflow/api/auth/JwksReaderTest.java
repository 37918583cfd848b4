package io.creditflow.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.creditflow.api.fixture.KeyServer;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A JWKS in which some keys are odd: each is judged by itself (contract section 4, Auth). */
class JwksReaderTest {
  private static final TestKeys RSA = new TestKeys("RS256", "rsa");
  private static final TestKeys EC = new TestKeys("ES256", "ec");
  private static final TestKeys ED = new TestKeys("EdDSA", "ed");
  private static final List<TestKeys> GOOD = List.of(RSA, EC, ED);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir Path directory;

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
  }

  /** What no token can be checked with, and a word of the reason. */
  static List<Map.Entry<String, String>> odd() {
    String rsa = one(RSA);
    String ec = one(EC);
    String ed = one(ED);
    String deep = "[".repeat(900) + "]".repeat(900);
    return List.of(
        Map.entry("{}", "no kty"),
        Map.entry("null", "not a JSON object"),
        Map.entry("7", "not a JSON object"),
        Map.entry("\"key\"", "not a JSON object"),
        Map.entry("[" + ec + "]", "not a JSON object"),
        Map.entry("{\"kid\":" + deep + "}", "no kty"),
        Map.entry("{\"kty\":\"EC\",\"kid\":" + deep + "}", "no crv"),
        Map.entry("{\"kty\":7}", "kty is not a string"),
        Map.entry("{\"kty\":\"\"}", "type"),
        Map.entry("{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}", "type"),
        Map.entry("{\"kty\":\"oct\",\"k\":\"AAAA\"}", "type"),
        Map.entry(ec.replace("P-256", "brainpoolP256r1"), "curve"),
        Map.entry(ec.replace("P-256", "secp256k1"), "curve"),
        Map.entry(ec.replace("P-256", "P-384"), "curve"),
        Map.entry(ec.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"AAAA\""), "curve"),
        Map.entry(ec.replaceAll("\"x\":\"[^\"]*\",?", ""), "no x"),
        Map.entry(ec.replaceAll("\"x\":\"[^\"]*\"", "\"x\":null"), "no x"),
        Map.entry(ec.replaceAll("\"y\":\"[^\"]*\"", "\"y\":\"%%%\""), ""),
        Map.entry(ed.replace("Ed25519", "Ed448"), "curve"),
        Map.entry(ed.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"AAAA\""), "32 bytes"),
        Map.entry(rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"" + "q".repeat(171) + "\""), "bits"),
        Map.entry(
            rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"" + "_".repeat(9999) + "\""), "16384"),
        Map.entry(rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"\""), "bits"),
        Map.entry(rsa.replaceAll("\"n\":\"[^\"]*\"", "\"n\":[1]"), "n is not a string"),
        Map.entry(rsa.replace("\"e\":\"AQAB\"", "\"e\":\"AQ\""), "exponent"),
        Map.entry(rsa.replace("\"e\":\"AQAB\"", "\"e\":\"BA\""), "exponent"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"use\":\"enc\""), "use"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"use\":[]"), "use is not a string"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"key_ops\":[\"encrypt\",7]"), "key_ops"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"key_ops\":\"verify\""), "key_ops"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"alg\":\"RS512\""), "alg"),
        Map.entry(rsa.replace("\"use\":\"sig\"", "\"alg\":{}"), "alg is not a string"),
        Map.entry(rsa.replace("\"kid\":\"rsa\"", "\"kid\":1"), "kid is not a string"));
  }

  /** What RFC 7517 allows on a key, or a mistake that leaves the key itself whole. */
  static List<String> goodAllTheSame() {
    return List.of(
        "\"use\":\"sig\",\"key_ops\":[\"verify\",\"sign\",\"frobnicate\"]",
        "\"key_ops\":null",
        "\"use\":null",
        "\"alg\":\"RS256\"",
        "\"x5c\":[\"not a certificate\"]",
        "\"x5c\":7,\"x5t\":{},\"x5u\":\"::\",\"x5t#S256\":\"\"",
        "\"exp\":\"tomorrow\",\"nbf\":[],\"iat\":null,\"status\":\"revoked?\"",
        "\"d\":\"%%\",\"p\":1,\"oth\":[{}]",
        "\"kty\":\"EC\",\"kty\":\"RSA\"");
  }

  @ParameterizedTest
  @MethodSource("odd")
  void anOddKeyInAFileIsPassedOverWithOneLineAtTheStart(Map.Entry<String, String> odd)
      throws IOException {
    TokenVerifier tokens = tokens(new FileKeySource(file(jwks(odd.getKey(), odd.getKey()))));

    GOOD.forEach(keys -> assertTaken(tokens, keys));
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains("jwks.json").contains(odd.getValue()).doesNotContain("\n");
    assertThat(lines().get(0).length()).isLessThan(700);
  }

  @ParameterizedTest
  @MethodSource("goodAllTheSame")
  void whatIsOddAboutAKeyButNotOfItsSubstanceIsIgnored(String members) throws IOException {
    String key = one(RSA).replace("\"use\":\"sig\"", members);
    TokenVerifier tokens = tokens(new FileKeySource(file("{\"keys\":[" + key + "]}")));

    assertTaken(tokens, RSA);
    assertThat(lines()).isEmpty();
  }

  @Test
  void oddKeysAtAnAddressAreToldOnceEachAtTheStartAndAtARotationAndNeverAgain() throws IOException {
    AtomicLong nanos = new AtomicLong();
    String[] odd = odd().stream().map(Map.Entry::getKey).toArray(String[]::new);
    try (KeyServer server = new KeyServer()) {
      server.answer(200, jwks(odd[0], odd[1]));
      RemoteKeySource keys =
          new RemoteKeySource(server.address(), Duration.ofMinutes(1), nanos::get);
      TokenVerifier tokens = tokens(keys);
      GOOD.forEach(good -> assertTaken(tokens, good));
      assertThat(lines()).hasSize(2);

      TestKeys next = new TestKeys("RS256", "next");
      for (int refresh = 0; refresh < 3; refresh++) {
        List<String> all = new ArrayList<>(List.of(odd));
        all.add(one(next));
        all.add("{\"refresh\":" + refresh + "}");
        server.answer(200, jwks(all.toArray(String[]::new)));
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(keys.afterUnknownKey().keys()).hasSize(4);
        assertTaken(tokens, next);
        assertThat(lines()).hasSize(odd.length + refresh + 1);
      }
    }
  }

  @Test
  void aSetWithoutAnyUsableKeyStartsSaysSoAndTakesTheNextOne() throws Exception {
    Path file = file("{\"keys\":[{}]}");
    TokenVerifier tokens = tokens(new FileKeySource(file));
    assertThatThrownBy(() -> tokens.callerOf("Bearer " + RSA.token("acme")))
        .isInstanceOf(InvalidTokenException.class);
    assertThat(lines()).hasSize(2).last().asString().contains("every token is refused");

    file(jwks("{}"));
    Await.until(
        "the next set is taken",
        Duration.ofSeconds(20),
        () -> {
          try {
            assertTaken(tokens, RSA);
            return true;
          } catch (InvalidTokenException notYet) {
            return false;
          }
        });
  }

  @Test
  void whatIsNoSetAtAllEndsTheStart() {
    for (String text :
        List.of(
            "", "[]", "7", "{\"keys\":{}}", "{", "<html>", "{\"keys\":[]" + " ".repeat(1 << 20))) {
      assertThatThrownBy(() -> new FileKeySource(file(text)))
          .as(text)
          .isInstanceOf(IOException.class);
    }
  }

  private static TokenVerifier tokens(KeySource keys) {
    return new TokenVerifier(
        keys, Optional.empty(), Optional.empty(), Duration.ZERO, Clock.systemUTC());
  }

  private static void assertTaken(TokenVerifier tokens, TestKeys keys) {
    assertThat(tokens.callerOf("Bearer " + keys.token("acme")).workspaces())
        .containsExactly("acme");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("jwks.json"), text);
  }

  /** The good keys, with others in between. */
  private static String jwks(String... odd) {
    List<String> all = new ArrayList<>(List.of(odd));
    all.add(1, one(RSA));
    GOOD.subList(1, 3).forEach(keys -> all.add(one(keys)));
    return "{\"keys\":[" + String.join(",", all) + "]}";
  }

  private static String one(TestKeys keys) {
    String set = TestKeys.jwks(keys);
    return set.substring(set.indexOf('[') + 1, set.lastIndexOf(']'));
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(JwksReader.class);
  }
}
