package io.creditflow.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.histories.SeededRandom;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ScratchDirectory;
import io.creditflow.upstream.Upstream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody reads a long history to its end while it grows everywhere at once. */
@Tag("soak")
class HistoryPagingTest {
  private static final int ROWS = 100_000;
  private static final int PER_SECOND = 2_000;
  private static final long GRANTED = 10_000_000;
  private static final String WORKSPACE = "reader-co";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AvroEventSerializer serializer = new AvroEventSerializer();
  private final SeededRandom dice = new SeededRandom(5);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final AtomicInteger sent = new AtomicInteger();

  /** The rows at the start, oldest first, as the history orders them. */
  private final List<LeadSourced> atStart = new ArrayList<>();

  private KafkaProducer<byte[], byte[]> producer;
  private ApiClient api;
  private volatile boolean isOver;

  @Test
  void eachRowThatWasThereComesOnceAndBalancesAreRightWhileEventsPourIn() throws Exception {
    Path root = ScratchDirectory.make("walk");
    try (Cluster cluster = Cluster.start(ClusterPlan.of(1, 2, 4), root);
        KafkaProducer<byte[], byte[]> toBroker = Upstream.producer(cluster.bootstrapServers())) {
      cluster.instances().forEach(ClusterProcess::start);
      cluster.instances().forEach(ClusterProcess::awaitReady);
      producer = toBroker;
      serializer.configure(Map.of("schema.registry.url", cluster.registryUrl()), false);
      api = new ApiClient(cluster.instance(0).url(), cluster.token());
      publishTheStart();
      Thread load = new Thread(this::pour, "load");
      load.setDaemon(true);
      load.start();
      Instant begun = Instant.now();
      int before = sent.get();
      int pages = walk();
      double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
      isOver = true;
      load.join(10_000);
      System.out.printf(
          "walk of %,d rows: %,d pages in %.1f s, while %,.0f events/s arrived%n",
          ROWS, pages, seconds, (sent.get() - before) / seconds);
    } finally {
      ScratchDirectory.delete(root);
    }
  }

  private void publishTheStart() {
    Instant before = now.minus(Duration.ofDays(40));
    send(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            "g", WORKSPACE, "g", GrantAction.GRANTED, GRANTED, before, null, 0, null, before));
    for (int number = 0; number < ROWS; number++) {
      LeadSourced lead = lead();
      atStart.add(lead);
      send(Topics.LEAD_SOURCED, lead);
    }
    producer.flush();
    Instant published = Instant.now();
    Await.until(
        "the start is counted",
        Duration.ofMinutes(3),
        () -> {
          HttpResponse<byte[]> credits = api.get("/v1/workspaces/" + WORKSPACE + "/credits");
          return credits.statusCode() == 200
              && Instant.parse(JSON.readTree(credits.body()).path("asOf").asText())
                  .isAfter(published);
        });
    atStart.sort(
        Comparator.comparing(LeadSourced::getOccurredAt).thenComparing(LeadSourced::getEventId));
  }

  /** Somewhere in the last thirty days. */
  private LeadSourced lead() {
    int number = sent.incrementAndGet();
    Instant at = dice.instant(now.minus(Duration.ofDays(30)), now);
    return new LeadSourced(
        "e" + number, WORKSPACE, "c" + number % 7, "l" + number, LeadSource.CSV, at);
  }

  private void pour() {
    long begun = System.nanoTime();
    int poured = 0;
    while (!isOver) {
      long due = (System.nanoTime() - begun) / 1_000_000 * PER_SECOND / 1_000;
      for (; poured < due; poured++) {
        send(Topics.LEAD_SOURCED, lead());
      }
      Await.pause(5);
    }
  }

  private void send(String topic, SpecificRecord event) {
    byte[] key = WORKSPACE.getBytes(StandardCharsets.UTF_8);
    var unused =
        producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, event)));
  }

  private int walk() throws Exception {
    Map<String, Integer> below = new HashMap<>();
    for (int place = 0; place < atStart.size(); place++) {
      below.put(atStart.get(place).getLeadId(), place);
    }
    Set<String> seen = new HashSet<>();
    boolean granted = false;
    String cursor = "";
    int pages = 0;
    do {
      HttpResponse<byte[]> response =
          api.get("/v1/workspaces/" + WORKSPACE + "/credits/history?limit=500" + cursor);
      assertThat(response.statusCode()).isEqualTo(200);
      JsonNode page = JSON.readTree(response.body());
      assertThat(ResponseInvariants.history(page.path("items"))).isNull();
      for (JsonNode row : page.path("items")) {
        granted |= row.path("kind").asText().equals("GRANTED");
        Integer place = below.get(row.path("leadId").asText());
        if (place != null) {
          assertThat(seen.add(row.path("leadId").asText())).as("once: " + row).isTrue();
          long used = GRANTED - row.path("balanceAfter").asLong();
          // itself and all below it at the start, and at most all that has come since
          assertThat(used).isBetween(place + 1L, place + 1L + sent.get() - ROWS);
        }
      }
      JsonNode next = page.path("nextCursor");
      cursor =
          next.isTextual()
              ? "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8)
              : null;
      pages++;
    } while (cursor != null);
    assertThat(granted).isTrue();
    assertThat(seen).hasSize(ROWS);
    return pages;
  }
}
