package io.creditflow.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.audit.RemoteQueries;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventType;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records whose every text is as long as it may be, in characters of four bytes, among twenty times
 * as many ordinary ones: counted, restored from the changelog, read back, within the memory that
 * the processes are given.
 */
@Tag("soak")
class TextsAtTheirBoundsTest {
  private static final int ORDINARY = Integer.getInteger("ordinary", 1_000_000);
  private static final int ORDINARY_BETWEEN = 20;
  private static final int PARTITIONS = 4;
  private static final int ID_CHARACTERS = 256;
  private static final int TEXT_CHARACTERS = 4_000;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Of the instance's process, whose heap may be 320 MiB. */
  private static final long MEMORY_MAX = 1_500L << 20;

  private static final List<String> WORKSPACES =
      IntStream.range(0, 20).mapToObj(number -> "w" + number).toList();

  private final Instant begin = Instant.now().minus(Duration.ofDays(2));
  private final long[] used = new long[WORKSPACES.size()];
  private KafkaProducer<byte[], byte[]> producer;
  private AvroEventSerializer serializer;
  private InstanceProcess instance;
  private RemoteQueries answers;
  private int longest;

  @Test
  void areCountedRestoredAndReadBack() throws Exception {
    Path root = ScratchDirectory.make("bounds");
    try (Cluster cluster = Cluster.start(ClusterPlan.of(1, 1, PARTITIONS), root)) {
      instance = cluster.instance(0);
      instance.start();
      instance.awaitReady();
      answers = new RemoteQueries(new ApiClient(instance.url(), cluster.token()));
      producer = Upstream.producer(cluster.bootstrapServers());
      serializer = new AvroEventSerializer();
      serializer.configure(Map.of("schema.registry.url", cluster.registryUrl()), false);
      publish();
      areCounted();
      areReadBack();

      instance.kill();
      instance.wipe();
      instance.start();
      instance.awaitReady();
      areCounted();
      areReadBack();
    } finally {
      if (producer != null) {
        producer.close(Duration.ofSeconds(5));
      }
      ScratchDirectory.delete(root);
    }
  }

  private void publish() {
    for (int number = 0; number < ORDINARY; number++) {
      int workspace = number % WORKSPACES.size();
      Instant at = begin.plusMillis(100L * number);
      String id = "e" + number;
      send(new LeadSourced(id, WORKSPACES.get(workspace), "c", id, LeadSource.CRM, at));
      used[workspace]++;
      if (number % ORDINARY_BETWEEN == 0) {
        sendLong(longest / 7 % WORKSPACES.size(), longest++, at);
      }
    }
    producer.flush();
  }

  /** The seven in turn are of one workspace. */
  private void sendLong(int workspace, int number, Instant at) {
    String w = WORKSPACES.get(workspace);
    String id = id("e" + number);
    switch (number % 7) {
      case 0 -> send(new CreditGrant(id, w, id, GrantAction.GRANTED, 1L, at, null, 0, text(), at));
      case 1 -> {
        send(new LeadSourced(id, w, id("c"), id, LeadSource.CSV, at));
        used[workspace]++;
      }
      case 2 -> {
        send(new PhoneRevealed(id, w, id("c"), id, at));
        used[workspace]++;
      }
      case 3 -> send(new EmailSent(id, w, id("c"), id, at));
      case 4 -> {
        // the phone's
        send(new UsageReversed(id, w, id("e" + (number - 2)), text(), at));
        used[workspace]--;
      }
      case 5 ->
          send(
              new CampaignChanged(
                  id, w, id, text(), LeadSource.CSV, CampaignStatus.ACTIVE, 1L, null, null, at));
      default -> send(new WorkspaceChanged(id, w, text(), "America/Argentina/ComodRivadavia", at));
    }
  }

  private void send(SpecificRecord event) {
    String topic = EventType.of(event).topic();
    byte[] key = ReferenceValidation.workspaceId(event).getBytes(UTF_8);
    var unused =
        producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, event)));
  }

  private void areCounted() throws IOException {
    Instant published = Instant.now();
    for (int number = 0; number < WORKSPACES.size(); number++) {
      String workspace = WORKSPACES.get(number);
      Await.until(
          workspace + " is counted",
          PATIENCE,
          () ->
              answers
                  .credits(workspace, "")
                  .filter(credits -> credits.asOf().isAfter(published))
                  .isPresent());
      CreditsResponse credits = answers.credits(workspace, "").orElseThrow().answer();
      assertThat(credits.consumed() + credits.overage()).as(workspace).isEqualTo(used[number]);
    }
    MetricsScrape metrics = MetricsScrape.of("http://" + instance.address());
    assertThat(metrics.sum("creditflow_events_total", "outcome=\"applied\""))
        .isEqualTo(ORDINARY + longest);
    assertThat(metrics.sum("creditflow_events_total", "outcome=\"rejected\"")).isZero();
    assertThat(instance.memoryPeakBytes()).isBetween(100L << 20, MEMORY_MAX);
  }

  private void areReadBack() {
    String workspace = WORKSPACES.get(0);
    assertThat(answers.credits(workspace, "").orElseThrow().answer().name()).isEqualTo(text());
    List<CampaignItem> campaigns = answers.campaigns(workspace);
    assertThat(campaigns).hasSize(2 + (longest / 7 + WORKSPACES.size() - 1) / WORKSPACES.size());
    assertThat(campaigns.stream().filter(campaign -> campaign.campaignId().startsWith("e")))
        .allMatch(campaign -> campaign.name().equals(text()));
    List<HistoryRow> reversals =
        answers.history(workspace).stream()
            .filter(row -> row.kind() == HistoryRow.Kind.REVERSED)
            .toList();
    assertThat(reversals)
        .hasSize((longest / 7 + WORKSPACES.size() - 1) / WORKSPACES.size())
        .allMatch(row -> row.reason().equals(text()));
  }

  /** As many characters as an id may have, the first of them these. */
  private static String id(String beginning) {
    return beginning + "\uD83D\uDCB3".repeat(ID_CHARACTERS - beginning.length());
  }

  private static String text() {
    return "\uD83D\uDCB3".repeat(TEXT_CHARACTERS);
  }
}
