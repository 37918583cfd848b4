package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class BrokerOutageFilterTest {
  private static final String NETWORK_CLIENT = "org.apache.kafka.clients.NetworkClient";
  private static final String REFUSED =
      "[Producer clientId=p] Connection to node 1 (kafka-1.example/10.0.0.1:9092) could not be"
          + " established. Node may not be available.";
  private static final String BOOTSTRAP_GONE =
      "[AdminClient clientId=a] Bootstrap broker kafka-2.example:9092 (id: -2 rack: null isFenced:"
          + " false) disconnected";
  private static final String UNRESOLVED =
      "[Consumer clientId=c] Error connecting to node kafka-3.example:9092 (id: 3 rack: null"
          + " isFenced: false)";

  private final Logger reports = (Logger) LoggerFactory.getLogger(BrokerOutageFilter.class);
  private final ListAppender<ILoggingEvent> reported = new ListAppender<>();
  private long nanos;
  private final BrokerOutageFilter filter = new BrokerOutageFilter(() -> nanos);

  @BeforeEach
  void listen() {
    reported.start();
    reports.addAppender(reported);
  }

  @AfterEach
  void stopListening() {
    reports.detachAppender(reported);
  }

  @Test
  void anOutageIsItsFirstLineOneAMinuteAndOneAtItsEnd() {
    int passed = 0;
    for (int second = 0; second < 150; second++) {
      passed += passes(REFUSED) ? 1 : 0;
      passed += passes(BOOTSTRAP_GONE) ? 1 : 0;
      passed += passes(UNRESOLVED) ? 1 : 0;
      after(Duration.ofSeconds(1));
    }
    for (int second = 0; second < 120; second++) {
      after(Duration.ofSeconds(1));
    }

    assertThat(passed).isOne();
    assertThat(reported.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Kafka outage for 1 min 0 s: 179 log lines suppressed; failed attempts by broker:"
                + " kafka-1.example:9092 (60), kafka-2.example:9092 (60),"
                + " kafka-3.example:9092 (60)",
            "Kafka outage for 2 min 0 s: 359 log lines suppressed; failed attempts by broker:"
                + " kafka-1.example:9092 (120), kafka-2.example:9092 (120),"
                + " kafka-3.example:9092 (120)",
            "Kafka outage ended, no connection attempt has failed for 30 s. It lasted 2 min 29 s:"
                + " 449 log lines suppressed; failed attempts by broker: kafka-1.example:9092 (150),"
                + " kafka-2.example:9092 (150), kafka-3.example:9092 (150)");
  }

  @Test
  void theNextOutageBeginsWithALineOfItsOwn() {
    assertThat(passes(REFUSED)).isTrue();
    assertThat(passes(REFUSED)).isFalse();
    after(Duration.ofSeconds(31));

    assertThat(passes(REFUSED)).isTrue();
  }

  @Test
  void oneFailedTryIsOneLine() {
    assertThat(passes(REFUSED)).isTrue();
    after(Duration.ofSeconds(31));

    assertThat(reported.list).isEmpty();
  }

  @Test
  void otherLinesPassWhileAnOutageLasts() {
    passes(REFUSED);

    assertThat(passes("[Consumer clientId=c] Connection to node 1 failed authentication due to: x"))
        .isTrue();
    assertThat(passes("Connection to node 1 (h/10.0.0.1:9092) terminated during authentication."))
        .isTrue();
    assertThat(reply("io.creditflow.api.Instance", REFUSED)).isEqualTo(FilterReply.NEUTRAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"creditflow-log-text.xml", "creditflow-log-json.xml"})
  void bothFormatsShortenAnOutage(String configuration) throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(BrokerOutageFilter.class.getResource("/" + configuration));
    try {
      Appender<ILoggingEvent> out = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("out");
      List<FilterReply> replies =
          List.of(
              out.getFilterChainDecision(event(NETWORK_CLIENT, REFUSED)),
              out.getFilterChainDecision(event(NETWORK_CLIENT, REFUSED)));
      assertThat(replies).containsExactly(FilterReply.NEUTRAL, FilterReply.DENY);
    } finally {
      context.stop();
    }
  }

  private boolean passes(String message) {
    return reply(NETWORK_CLIENT, message) != FilterReply.DENY;
  }

  private FilterReply reply(String logger, String message) {
    return filter.decide(event(logger, message));
  }

  private static ILoggingEvent event(String logger, String message) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return new LoggingEvent("", context.getLogger(logger), Level.WARN, message, null, null);
  }

  private void after(Duration time) {
    nanos += time.toNanos();
    filter.report();
  }
}
