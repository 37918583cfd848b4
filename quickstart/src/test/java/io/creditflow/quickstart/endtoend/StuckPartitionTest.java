package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ScratchDirectory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A flush that Kafka refuses is said to be stuck, and goes on by itself once Kafka takes it. */
@Tag("system")
class StuckPartitionTest {
  private static final String WORKSPACE = "stuck-co";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aFlushThatIsRefusedAgainAndAgainIsSaidAndHeals() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("stuck");
        EmbeddedBroker broker = EmbeddedBroker.start(scratch.path("kafka"), 0);
        LocalSchemaRegistry registry = LocalSchemaRegistry.start(scratch.path("schemas.json"), 0)) {
      AppUnderTest.registerSchemas(registry);
      try (AppUnderTest app = AppUnderTest.start(scratch, "app", broker, registry, Map.of())) {
        app.awaitReady();
        largestRow(broker, 100);
        publish(broker, registry);

        Await.until(
            () -> "it says that it is stuck; it said:\n" + app.process().output(),
            PATIENCE,
            () -> health(app).contains("\"STUCK\""));
        assertThat(health(app)).contains("at topic lead-sourced, partition").contains("TooLarge");
        assertThat(MetricsScrape.of(app.managementUrl()).sum("creditflow_partitions_stuck"))
            .isEqualTo(1);
        assertThat(app.process().output()).containsOnlyOnce("Counting is stuck");

        largestRow(broker, 64 << 20);
        app.awaitReady();
        app.api().awaitReflected(WORKSPACE, Instant.now());
        assertThat(app.api().json("/v1/workspaces/" + WORKSPACE + "/credits").path("overage"))
            .hasToString("1");
      }
    }
  }

  private static void largestRow(EmbeddedBroker broker, int bytes) throws Exception {
    ConfigResource changelog =
        new ConfigResource(ConfigResource.Type.TOPIC, "creditflow-credit-state-changelog");
    ConfigEntry entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(changelog, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static void publish(EmbeddedBroker broker, LocalSchemaRegistry registry)
      throws Exception {
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(Map.of("schema.registry.url", registry.url()), false);
    Instant justNow = Instant.now().minusSeconds(1);
    byte[] value =
        serializer.serialize(
            Topics.LEAD_SOURCED,
            new LeadSourced("e", WORKSPACE, "c", "l", LeadSource.CSV, justNow));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = WORKSPACE.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.LEAD_SOURCED, key, value)).get();
    }
  }

  /** Whatever the status code. */
  private static String health(AppUnderTest app) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(app.api().url() + "/health/ready")).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body).toString();
  }
}
