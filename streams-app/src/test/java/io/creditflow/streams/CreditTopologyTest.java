package io.creditflow.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
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
import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditTopologyTest {
  private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");
  private static final Duration REVERSAL_WAIT = Duration.ofDays(35);

  @TempDir Path directory;
  private TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory, 1, NOW);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void everyInputTopicIsCounted() {
    publish(Topics.WORKSPACES, new WorkspaceChanged("w1", "w", "Acme", "Europe/Paris", NOW));
    publish(Topics.CAMPAIGNS, campaign("c1-event"));
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    publish(Topics.LEAD_SOURCED, lead("e2"));
    publish(Topics.PHONE_REVEALED, new PhoneRevealed("e3", "w", "c1", "l1", NOW));
    publish(Topics.EMAIL_SENT, new EmailSent("e4", "w", "c1", "l1", NOW));
    publish(Topics.USAGE_REVERSED, new UsageReversed("r1", "w", "e2", "wrong", NOW));

    CreditsResponse credits = topology.view().credits("w", null).orElseThrow();
    assertThat(credits.name()).isEqualTo("Acme");
    assertThat(credits.timeZone()).isEqualTo("Europe/Paris");
    assertThat(credits.allocated()).isEqualTo(10);
    assertThat(credits.consumed()).isEqualTo(2);
    CampaignItem campaign = topology.view().campaign("w", "c1").orElseThrow().item();
    assertThat(campaign.name()).isEqualTo("Spring");
    assertThat(campaign.leadsSourced()).isEqualTo(1);
    assertThat(campaign.phonesRevealed()).isEqualTo(1);
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void aRepeatCountsOnce() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    publish(Topics.LEAD_SOURCED, lead("e1"));

    assertThat(topology.view().credits("w", null).orElseThrow().remaining()).isEqualTo(9);
    assertThat(topology.rejected()).isEmpty();
  }

  /** Alone it may report a later one, which it keeps in memory. */
  @Test
  void whereOthersMayTakeOverAnAnswersAsOfIsTheStates() {
    StoreLocalState localState = new StoreLocalState(null, topology.taskContext());
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    topology.reach(NOW.plusSeconds(60));
    topology.brokersSay(NOW.plusSeconds(60).plusMillis(200));
    assertThat(asOf(localState)).isAfter(asOfOfTheState());

    topology.joinOthers();
    topology.brokersSay(NOW.plusSeconds(60).plusMillis(300));

    assertThat(asOf(localState)).isEqualTo(asOfOfTheState());
  }

  private static Instant asOf(StoreLocalState localState) {
    return localState.read(0, queries -> queries.version("w")).asOf();
  }

  private Instant asOfOfTheState() {
    return Instant.ofEpochMilli(FlushCheckpoint.read(new StreamsRowStore(topology.state())).asOf());
  }

  /** RocksDB's memory would be freed under the reader, and the process crash. */
  @Test
  void aTaskClosesOnlyWhenItsStateIsNotBeingRead() throws Exception {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    StoreLocalState localState = new StoreLocalState(null, topology.taskContext());
    CountDownLatch isReading = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CompletableFuture<Long> reading =
        CompletableFuture.supplyAsync(
            () ->
                localState
                    .read(
                        0,
                        queries -> {
                          isReading.countDown();
                          awaitUninterruptibly(mayGoOn);
                          return queries.credits("w", NOW).orElseThrow().remaining();
                        })
                    .value());
    isReading.await();

    TopologyFixture first = topology;
    topology = new TopologyFixture(directory.resolve("next"), 1, NOW);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(first::close);
    assertThatThrownBy(() -> closing.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    mayGoOn.countDown();

    assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(10);
    closing.get(10, TimeUnit.SECONDS);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachReasonOnArrivalIsGivenAndTheRecordGoesBackByteForByte() {
    byte[] key = "w".getBytes(UTF_8);
    publish(Topics.LEAD_SOURCED, lead("e0"));
    assertRejected("UNDECODABLE", Topics.LEAD_SOURCED, 1, key, new byte[] {7, 1, 2, 3});
    assertRejected("WRONG_TYPE", Topics.PHONE_REVEALED, 0, key, topology.bytes(lead("e1")));
    assertRejected("MISSING_FIELD", Topics.LEAD_SOURCED, 2, key, topology.bytes(lead("")));
    assertRejected("KEY_MISMATCH", Topics.LEAD_SOURCED, 3, null, topology.bytes(lead("e2")));
    assertRejected(
        "KEY_MISMATCH",
        Topics.LEAD_SOURCED,
        4,
        "other".getBytes(UTF_8),
        topology.bytes(lead("e2")));
    assertRejected("INVALID", Topics.CREDIT_GRANTS, 0, key, topology.bytes(grant("g", 0)));
    assertRejected(
        "TOO_OLD",
        Topics.LEAD_SOURCED,
        5,
        key,
        topology.bytes(lead("e3", NOW.minus(Duration.ofDays(36)))));
    assertRejected(
        "IN_FUTURE", Topics.LEAD_SOURCED, 6, key, topology.bytes(lead("e4", NOW.plusSeconds(301))));
    assertRejected(
        "CONFLICT", Topics.LEAD_SOURCED, 7, key, topology.bytes(lead("e0", NOW.minusSeconds(1))));

    assertThat(topology.view().credits("w", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aRecordOnAnotherPartitionThanItsKeysIsRejected() {
    String elsewhere =
        Stream.iterate(0, number -> number + 1)
            .map(number -> "w" + number)
            .filter(id -> Partitioning.partitionOf(id, 2) == 1)
            .findFirst()
            .orElseThrow();
    topology.close();
    topology = new TopologyFixture(directory, 2, NOW);
    LeadSourced lead = new LeadSourced("e1", elsewhere, "c1", "l1", LeadSource.CSV, NOW);

    assertRejected(
        "WRONG_PARTITION", Topics.LEAD_SOURCED, 0, elsewhere.getBytes(UTF_8), topology.bytes(lead));
  }

  @Test
  void aReversalWithoutItsEventIsRejectedWhenItHasWaitedLongEnough() {
    UsageReversed reversal = new UsageReversed("r1", "w", "nothing", null, NOW);
    publish(Topics.USAGE_REVERSED, reversal);
    topology.reach(NOW.plus(REVERSAL_WAIT));
    assertThat(topology.rejected()).isEmpty();
    topology.reach(NOW.plus(REVERSAL_WAIT).plusSeconds(1));

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(header(record, "reason")).isEqualTo("UNMATCHED");
              assertThat(record.value()).isEqualTo(topology.bytes(reversal));
            });
  }

  @Test
  void nothingIsGivenUpByABrokersClockThatIsFarAhead() {
    publish(Topics.USAGE_REVERSED, new UsageReversed("r1", "w", "nothing", null, NOW));
    Instant late = NOW.plus(REVERSAL_WAIT).plusSeconds(1);
    topology.brokersSay(late);
    assertThat(topology.rejected()).isEmpty();
    assertThat(topology.asOf()).isBetween(late.minusSeconds(1), late);

    topology.reach(late);
    assertThat(topology.rejected()).hasSize(1);
  }

  @Test
  void asOfFollowsTheBrokersClockBack() {
    topology.brokersSay(NOW.plus(Duration.ofDays(1)));
    assertThat(topology.asOf()).isAfter(NOW.plus(Duration.ofHours(23)));

    Instant mended = NOW.plusSeconds(2);
    topology.brokersSay(mended);
    assertThat(topology.asOf()).isBetween(mended.minusSeconds(1), mended);
  }

  @Test
  void anAlertIsPublishedOnceWithTheCommitThatCrossesItsThreshold() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    for (int i = 0; i < 7; i++) {
      publish(Topics.LEAD_SOURCED, lead("e" + i));
    }
    topology.reach(NOW.plusSeconds(1));
    assertThat(topology.alerts()).isEmpty();
    publish(Topics.LEAD_SOURCED, lead("e7"));
    topology.reach(NOW.plusSeconds(2));

    assertThat(topology.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getKind()).isEqualTo(AlertKind.LOW_BALANCE);
              assertThat(alert.getLevel()).isEqualTo(AlertLevel.NOTICE);
              assertThat(alert.getWorkspaceId()).isEqualTo("w");
              assertThat(alert.getThreshold()).isEqualTo(0.2);
            });
    publish(Topics.EMAIL_SENT, new EmailSent("e8", "w", "c1", "l1", NOW));
    topology.reach(NOW.plusSeconds(3));
    assertThat(topology.alerts()).isEmpty();
  }

  @Test
  void openedAgainItPassesOverWhatItHasCountedAndGoesOn() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    topology.reopen();
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    assertThat(topology.taskContext().redelivered().sum()).isEqualTo(2);
    publish(Topics.LEAD_SOURCED, lead("e2"));
    publish(Topics.LEAD_SOURCED, lead("e1"));

    assertThat(topology.view().credits("w", null).orElseThrow().remaining()).isEqualTo(8);
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void aRejectedRecordKeepsItsProducersHeadersBeforeOurs() {
    RecordHeaders own = new RecordHeaders();
    own.add("trace", new byte[] {1, 2});
    own.add("reason", "theirs".getBytes(UTF_8));
    own.add("empty", null);
    topology.send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), new byte[] {7}, own);

    TestRecord<byte[], byte[]> rejected = topology.rejected().get(0);

    assertThat(rejected.headers().toArray()).startsWith(own.toArray());
    assertThat(header(rejected, "reason")).isEqualTo("UNDECODABLE");
    assertThat(header(rejected, "application.id")).isEqualTo("test");
    assertThat(RejectedHeaders.withoutOurs(rejected.headers())).isEqualTo(own);
  }

  @Test
  void aSchemaIdInAHeaderIsSaidToStandThere() {
    RecordHeaders own = new RecordHeaders();
    own.add("__value_schema_id", new byte[17]);
    topology.send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), new byte[] {0x0a, 1, 2, 3, 4, 5}, own);

    assertThat(header(topology.rejected().get(0), "detail"))
        .contains("the first byte is 0x0a")
        .contains("__value_schema_id")
        .contains("PrefixSchemaIdSerializer");
  }

  @Test
  void aRecordThatIsTooLargeIsRejectedByItsSizeAndHashAlone() {
    byte[] large = new byte[(16 << 20) + 1];
    topology.send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), large);
    publish(Topics.LEAD_SOURCED, lead("e1"));

    TestRecord<byte[], byte[]> rejected = topology.rejected().get(0);

    assertThat(rejected.value()).isNull();
    assertThat(rejected.key()).isEqualTo("w".getBytes(UTF_8));
    assertThat(header(rejected, "reason")).isEqualTo("INVALID");
    assertThat(header(rejected, "detail")).contains("16777218").contains("limit.record-bytes");
    assertThat(header(rejected, "source.size")).isEqualTo("16777217");
    // sha256sum of as many zero bytes
    assertThat(header(rejected, "source.sha256"))
        .isEqualTo("1003b1b5dc078189799a1216ce0f9fbcebb94e8b6b83c58c4b03345f07f94ced");
    assertThat(topology.view().credits("w", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aDetailHoldsAKibibyteAtMost() {
    String id = "\uD83D\uDE00".repeat(3_000);
    LeadSourced lead = new LeadSourced("e1", id, "c1", "l1", LeadSource.CSV, NOW);
    topology.send(Topics.LEAD_SOURCED, "x".repeat(5_000).getBytes(UTF_8), topology.bytes(lead));

    assertThat(topology.rejected().get(0).headers().lastHeader("detail").value())
        .hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void theAgeOfAcceptedEventsAtTheirArrivalIsAddedUp() {
    publish(Topics.LEAD_SOURCED, lead("e1"));
    Instant nineHoursAgo = NOW.minus(Duration.ofHours(9));
    publish(
        Topics.LEAD_SOURCED, new LeadSourced("e2", "w", "c1", "l1", LeadSource.CSV, nineHoursAgo));
    publish(
        Topics.LEAD_SOURCED,
        new LeadSourced("e2", "w", "c1", "l2", LeadSource.CSV, nineHoursAgo.minusSeconds(1)));

    assertThat(topology.taskContext().ages().byTopic())
        .isEqualTo(Map.of(Topics.LEAD_SOURCED, new ArrivalAges.Ages(9 * 3_600_000, 2)));
  }

  @Test
  void theShapeOfTheTopologyIsTheOneThatRunsInProduction() throws IOException {
    assertThat(CreditTopology.build(topology.taskContext()).describe().toString())
        .isEqualToNormalizingNewlines(resource("topology.txt"));
  }

  private static String resource(String name) throws IOException {
    try (var in = CreditTopologyTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void assertRejected(String reason, String topic, long offset, byte[] key, byte[] value) {
    topology.send(topic, key, value);

    assertThat(topology.rejected())
        .as(reason)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(header(record, "reason")).isEqualTo(reason);
              assertThat(header(record, "detail")).isNotBlank();
              assertThat(header(record, "source.topic")).isEqualTo(topic);
              assertThat(header(record, "source.partition")).isEqualTo("0");
              assertThat(header(record, "source.offset")).isEqualTo(Long.toString(offset));
              assertThat(record.key()).isEqualTo(key);
              assertThat(record.value()).isEqualTo(value);
            });
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private void publish(String topic, SpecificRecord event) {
    topology.send(topic, "w".getBytes(UTF_8), topology.bytes(event));
  }

  private static LeadSourced lead(String eventId) {
    return lead(eventId, NOW);
  }

  private static LeadSourced lead(String eventId, Instant at) {
    return new LeadSourced(eventId, "w", "c1", "l1", LeadSource.CSV, at);
  }

  private static CreditGrant grant(String grantId, long amount) {
    return new CreditGrant(
        grantId + "-event",
        "w",
        grantId,
        GrantAction.GRANTED,
        amount,
        NOW.minusSeconds(60),
        NOW.plus(Duration.ofDays(60)),
        0,
        null,
        NOW);
  }

  private static CampaignChanged campaign(String eventId) {
    return new CampaignChanged(
        eventId, "w", "c1", "Spring", LeadSource.CSV, CampaignStatus.ACTIVE, null, null, null, NOW);
  }
}
