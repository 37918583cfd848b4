package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.AlertKind;
import io.creditflow.events.CreditAlert;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.TopicReader;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ScratchDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The way to new state that docs/operations.md describes, from the input topics alone: counting
 * again under another application id beside the running one, switching over, resetting the old one.
 * bin/soak runs it.
 */
@Tag("soak")
class UpgradeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final TestLoad load = new TestLoad(now, 5);
  private ScratchDirectory scratch;
  private EmbeddedBroker broker;
  private LocalSchemaRegistry registry;

  @Test
  void switchedOverToAnotherApplicationIdItAnswersTheSameAndRaisesEachAlertOnce() throws Exception {
    try (ScratchDirectory directory = new ScratchDirectory("upgrade");
        EmbeddedBroker kafka = EmbeddedBroker.start(directory.path("kafka"), 0);
        LocalSchemaRegistry schemas =
            LocalSchemaRegistry.start(directory.path("schemas.json"), 0)) {
      scratch = directory;
      broker = kafka;
      registry = schemas;
      AppUnderTest.registerSchemas(schemas);
      beside();
      switchedOver();
      oldOneForgotten();
    }
  }

  private void beside() throws Exception {
    List<Message> messages = load.shuffled();
    int half = messages.size() / 2;
    try (AppUnderTest old = AppUnderTest.start(scratch, "old", broker, registry, Map.of())) {
      old.awaitReady();
      publish(load.versions());
      publish(messages.subList(0, half));
      try (AppUnderTest next = next("beside", "false")) {
        publish(messages.subList(half, messages.size()));
        publish(List.of(quota("campaign-0")));
        next.awaitReady();
        Instant sent = Instant.now();
        assertExact(old, sent);
        assertExact(next, sent);
        awaitQuotaAlerts("campaign-0", 2);
      }
    }
    publish(List.of(quota("campaign-1"))); // while nobody counts
    assertThat(quotaAlerts("campaign-1")).isEmpty();
  }

  private void switchedOver() throws Exception {
    try (AppUnderTest next = next("next", "true")) {
      next.awaitReady();
      assertExact(next, Instant.now());
      awaitQuotaAlerts("campaign-1", 2);
    }
    assertThat(quotaAlerts("campaign-0")).as("not raised again").hasSize(2);
    assertThat(alerts().stream().map(CreditAlert::getAlertId)).doesNotHaveDuplicates();
  }

  private void oldOneForgotten() throws Exception {
    try (ChildProcess reset =
        PackagedProgram.start(
            scratch.path("reset.txt"),
            Map.of(),
            "io.creditflow.quickstart.command.CreditflowCommand",
            "reset",
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--application-id",
            "creditflow",
            "--yes")) {
      assertThat(reset.exitCode(Duration.ofSeconds(60))).as(reset.output()).isZero();
      assertThat(reset.output()).contains("deleted group creditflow and topic creditflow-");
    }
  }

  private AppUnderTest next(String name, String raise) {
    return AppUnderTest.start(
        scratch,
        name,
        broker,
        registry,
        Map.of(
            "CREDITFLOW_APPLICATION_ID",
            "creditflow-2",
            "CREDITFLOW_ALERT_RAISE",
            raise,
            "CREDITFLOW_STATE_DIR",
            scratch.path("next-state").toString()));
  }

  private void publish(List<Message> messages) throws Exception {
    try (ConfluentProducerProcess producer =
        new ConfluentProducerProcess(
            broker.bootstrapServers(), registry.url(), scratch.path("producer.txt"))) {
      for (Message message : messages) {
        producer.send(message.topic(), message.workspaceId(), message.record());
      }
      assertThat(producer.finish()).isEqualTo(messages.size());
    }
  }

  /** A campaign that has used up its quota at once. */
  private static Message quota(String campaignId) {
    String fields =
        "\"campaignId\":\"%s\",\"name\":\"Full\",\"source\":\"CSV\",\"status\":\"ACTIVE\","
                .formatted(campaignId)
            + "\"quota\":{\"long\":100},\"startsAt\":null,\"endsAt\":null,";
    return TestLoad.message(
        Topics.CAMPAIGNS, "rich-co", "full-" + campaignId, Instant.now(), fields);
  }

  private void assertExact(AppUnderTest app, Instant sent) throws Exception {
    for (String workspace : TestLoad.WORKSPACES) {
      app.api().awaitReflected(workspace, sent);
    }
    new ExactAnswers(app.api(), load, now).areServed();
  }

  private void awaitQuotaAlerts(String campaignId, int count) throws Exception {
    Await.until(
        () -> count + " alerts of " + campaignId + "; there are " + quotaAlerts(campaignId),
        PATIENCE,
        () -> quotaAlerts(campaignId).size() >= count);
  }

  private List<CreditAlert> quotaAlerts(String campaignId) {
    return alerts().stream()
        .filter(alert -> alert.getKind() == AlertKind.QUOTA)
        .filter(alert -> campaignId.equals(alert.getCampaignId()))
        .toList();
  }

  /** All that were ever published. */
  private List<CreditAlert> alerts() {
    EventDecoder decoder =
        new EventDecoder(new HttpSchemaRegistry(Map.of("schema.registry.url", registry.url())));
    List<CreditAlert> alerts = new ArrayList<>();
    TopicReader.read(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false),
        Topics.CREDIT_ALERTS,
        record ->
            alerts.add(
                (CreditAlert) decoder.decode(record.value(), EventType.CREDIT_ALERT).event()));
    return alerts;
  }
}
