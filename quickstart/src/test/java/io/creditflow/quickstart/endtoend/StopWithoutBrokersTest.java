package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever stops an instance kills it after 15 or 30 s: it ends by itself before, brokers or no. */
@Tag("system")
class StopWithoutBrokersTest {
  /** Beyond the timeouts of requests that were on their way. */
  private static final Duration AWAY = Duration.ofSeconds(25);

  @Test
  void itEndsWithinTenSecondsWhileTheBrokersAreAway() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("stop");
        LocalSchemaRegistry registry = LocalSchemaRegistry.start(scratch.path("schemas.json"), 0);
        AppUnderTest app = startedBesideABrokerThatThenEnds(scratch, registry)) {
      Await.pause(AWAY.toMillis());

      assertThat(app.process().stop(Duration.ofSeconds(10))).as(app.process()::output).isTrue();
    }
  }

  private static AppUnderTest startedBesideABrokerThatThenEnds(
      ScratchDirectory scratch, LocalSchemaRegistry registry) throws Exception {
    AppUnderTest.registerSchemas(registry);
    try (EmbeddedBroker broker = EmbeddedBroker.start(scratch.path("kafka"), 0)) {
      AppUnderTest app = AppUnderTest.start(scratch, "app", broker, registry, Map.of());
      app.awaitReady();
      return app;
    }
  }
}
