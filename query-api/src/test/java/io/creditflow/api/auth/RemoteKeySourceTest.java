package io.creditflow.api.auth;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.creditflow.api.fixture.KeyServer;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.testkit.Await;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Keys at an address, over real HTTP; only the passing of time is the test's. */
class RemoteKeySourceTest {
  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final Duration UNKNOWN_KEY_EVERY = Duration.ofSeconds(10);
  private static final Duration RETRY_FIRST = Duration.ofSeconds(2);
  private static final Duration RETRY_MAX = Duration.ofSeconds(32);
  private static final TestKeys OLD = new TestKeys("ES256", "2025");
  private static final TestKeys NEW = new TestKeys("EdDSA", "2026");
  private static final TestKeys STRANGER = new TestKeys("ES256", "stranger");

  private static final Map<TestKeys, String> BEARERS =
      Stream.of(OLD, NEW, STRANGER)
          .collect(toMap(keys -> keys, keys -> "Bearer " + keys.token("acme")));

  private final AtomicLong nanos = new AtomicLong();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private KeyServer server;
  private RemoteKeySource keys;
  private TokenVerifier tokens;

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger().addAppender(log);
    server = new KeyServer(OLD);
    begin();
  }

  @AfterEach
  void stop() {
    server.close();
    logger().detachAppender(log);
  }

  private void begin() {
    keys = new RemoteKeySource(server.address(), REFRESH, nanos::get);
    tokens =
        new TokenVerifier(
            keys, Optional.empty(), Optional.empty(), Duration.ZERO, Clock.systemUTC());
  }

  @Test
  void aNewKeyIsTakenAtItsFirstTokenAndTheOldOneUntilItIsGone() {
    pass(UNKNOWN_KEY_EVERY);
    server.serve(OLD, NEW);
    assertTaken(OLD);
    assertThat(server.asked()).isEqualTo(1);

    assertTaken(NEW); // one fetch, and the caller who caused it waits for it
    assertTaken(OLD);
    assertThat(server.asked()).isEqualTo(2);

    server.serve(NEW);
    pass(REFRESH);
    awaitRefused(OLD);
    assertTaken(NEW);
    assertThat(server.asked()).isEqualTo(3);
  }

  @Test
  void madeUpKeysCauseOneFetchInTenSecondsHoweverManyTheyAre() {
    for (int minute = 0; minute < 3; minute++) {
      pass(UNKNOWN_KEY_EVERY);
      int before = server.asked();
      IntStream.range(0, 200).parallel().forEach(i -> assertRefused(STRANGER));
      assertThat(server.asked()).isEqualTo(before + 1);
    }
    server.serve(OLD, NEW);
    pass(UNKNOWN_KEY_EVERY.minusMillis(1));
    assertRefused(NEW); // too early to ask once more
    pass(Duration.ofMillis(1));
    assertTaken(NEW);
  }

  @Test
  void whileTheAddressIsAwayTheKeysStayInUseAndItIsAskedEverMoreSeldom() {
    server.answer(503, "away");
    int before = server.asked();
    pass(REFRESH);
    Duration away = Duration.ZERO;
    while (away.compareTo(Duration.ofHours(1)) < 0) {
      assertTaken(OLD);
      keys.awaitFetch();
      pass(Duration.ofSeconds(1));
      away = away.plusSeconds(1);
    }
    // at once, after 2, 4, 8 and 16 s, and 111 times after 32 s
    assertThat(server.asked() - before).isEqualTo(116);
    // at the first, and then at the first after each full minute: after 62 s, and every 64 s
    assertThat(warnings()).hasSize(57);
    assertThat(warnings().get(0))
        .contains(server.address().toString())
        .contains("status 503")
        .contains("the keys fetched last (1) stay in use")
        .contains("next request after 2 s");

    server.serve(NEW);
    pass(RETRY_MAX);
    awaitRefused(OLD);
    assertTaken(NEW);
  }

  @Test
  void whateverTheAddressSaysInsteadOfKeysTheLastOnesStayInUse() {
    int before = server.asked();
    for (Object[] answer :
        List.of(
            new Object[] {500, "Internal error"},
            new Object[] {200, "<html>Sign in</html>"},
            new Object[] {200, ""},
            new Object[] {200, "{\"keys\":7}"},
            new Object[] {404, TestKeys.jwks(NEW)})) {
      server.answer((int) answer[0], (String) answer[1]);
      pass(REFRESH);
      assertTaken(OLD);
      keys.awaitFetch();
      assertTaken(OLD);
      assertRefused(NEW);
    }
    assertThat(server.asked()).isEqualTo(before + 5);
    server.goAway();
    pass(REFRESH);
    assertTaken(OLD);
  }

  @Test
  void aHangingAddressKeepsNobodyWaitingWhoseKeyIsKnown() {
    server.hang();
    pass(REFRESH);
    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertTaken(OLD);
          }
        });
    assertThat(server.asked()).isLessThanOrEqualTo(2);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertRefused(STRANGER));
    assertThat(warnings()).hasSize(1).first().asString().contains("no answer within 3 s");

    pass(UNKNOWN_KEY_EVERY); // now it is known to be away: nobody waits at all
    assertTimeoutPreemptively(
        Duration.ofSeconds(2), () -> IntStream.range(0, 50).forEach(i -> assertRefused(STRANGER)));
  }

  @Test
  void withoutAnyKeysYetNoTokenIsJudgedUntilTheyCome() throws IOException {
    server.goAway();
    begin();
    assertNotJudged();
    assertThat(warnings().get(0)).contains("every request with a token is answered 503");

    server.comeBack();
    assertNotJudged(); // asked a moment ago
    pass(RETRY_FIRST);
    awaitKeys();
    assertTaken(OLD);
  }

  private void assertNotJudged() {
    assertThatThrownBy(() -> tokens.callerOf(bearer(OLD)))
        .isInstanceOf(KeysUnavailableException.class);
  }

  private void awaitKeys() {
    try {
      keys.current();
    } catch (KeysUnavailableException e) {
      keys.awaitFetch(); // which that call began
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos() + 1);
  }

  private void assertTaken(TestKeys keys) {
    assertThat(tokens.callerOf(bearer(keys)).workspaces()).containsExactly("acme");
  }

  private void assertRefused(TestKeys keys) {
    assertThatThrownBy(() -> tokens.callerOf(bearer(keys)))
        .isInstanceOf(InvalidTokenException.class);
  }

  private static String bearer(TestKeys keys) {
    return BEARERS.get(keys);
  }

  private void awaitRefused(TestKeys keys) {
    Await.until(
        "a token of a key that is gone is refused",
        Duration.ofSeconds(20),
        () -> {
          try {
            tokens.callerOf(bearer(keys));
            return false;
          } catch (InvalidTokenException e) {
            return true;
          }
        });
  }

  private List<String> warnings() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().equals(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(RemoteKeySource.class);
  }
}
