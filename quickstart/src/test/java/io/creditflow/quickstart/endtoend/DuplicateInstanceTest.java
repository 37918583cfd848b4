package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes under one {@code creditflow.instance.id}: one of them ends and names the other. */
@Tag("system")
class DuplicateInstanceTest {
  private ScratchDirectory scratch;
  private EmbeddedBroker broker;
  private LocalSchemaRegistry registry;

  @Test
  void oneEndsAndNamesTheOther() throws Exception {
    try (ScratchDirectory directory = new ScratchDirectory("namesake");
        EmbeddedBroker kafka = EmbeddedBroker.start(directory.path("kafka"), 0);
        LocalSchemaRegistry schemas =
            LocalSchemaRegistry.start(directory.path("schemas.json"), 0)) {
      scratch = directory;
      broker = kafka;
      registry = schemas;
      AppUnderTest.registerSchemas(schemas);
      try (AppUnderTest first = app("first")) {
        first.awaitReady();
        theLaterOneEndsBeforeItJoins(first);
        theOneThatIsThrownOutEnds(first);
      }
    }
  }

  private void theLaterOneEndsBeforeItJoins(AppUnderTest first) throws Exception {
    try (AppUnderTest second = app("second")) {
      assertThat(second.process().exitCode(Duration.ofSeconds(60))).isNotZero();
      assertThat(second.process().output()).contains(saying(first));
    }
    assertThat(first.process().output()).doesNotContain("failed and is replaced");
    assertThat(first.api().isReady()).isTrue();
  }

  private void theOneThatIsThrownOutEnds(AppUnderTest first) throws Exception {
    first.process().freeze();
    try (AppUnderTest third = app("third")) {
      third.awaitReady();
      first.process().thaw();
      Await.until(
          () -> "one ends; they said:\n" + first.process().output() + third.process().output(),
          Duration.ofSeconds(60),
          () -> first.process().isAlive() != third.process().isAlive());
      AppUnderTest ended = first.process().isAlive() ? third : first;
      AppUnderTest left = first.process().isAlive() ? first : third;
      assertThat(ended.process().exitCode(Duration.ofSeconds(1))).isNotZero();
      assertThat(ended.process().output()).contains(saying(left));
      left.awaitReady();
      assertThat(left.process().isAlive()).isTrue();
    }
  }

  private static String saying(AppUnderTest other) {
    return ":%d (host ".formatted(URI.create(other.managementUrl()).getPort());
  }

  private AppUnderTest app(String name) {
    return AppUnderTest.start(
        scratch,
        name,
        broker,
        registry,
        Map.of(
            "CREDITFLOW_INSTANCE_ID",
            "one",
            "CREDITFLOW_STATE_DIR",
            scratch.path("state-" + name).toString()));
  }
}
