package io.creditflow.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.engine.EngineConfig;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CreditsResponse;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditTopologyTest {
  private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");
  private static final Duration REVERSAL_WAIT = Duration.ofDays(35);

  @TempDir Path directory;
  private final Registry registry = new Registry();
  private final EndOffsets ends = new EndOffsets(1);
  private TaskContext taskContext = taskContext(1);
  private TopologyTestDriver driver;
  private Instant ownNow = NOW;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class.getName());
    properties.put(RocksDbMemory.BYTES, 32L * 1024 * 1024);
    driver = new TopologyTestDriver(CreditTopology.build(taskContext), properties, NOW);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private TaskContext taskContext(int partitions) {
    return new TaskContext(
        registry,
        EngineConfig.STANDARD,
        partitions,
        1_000,
        new RegistryRetry(),
        ends,
        new StreamsClientSupplier(),
        new PartitionOpener(1),
        () -> false);
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

    CreditsResponse credits = view().credits("w", null).orElseThrow();
    assertThat(credits.name()).isEqualTo("Acme");
    assertThat(credits.timeZone()).isEqualTo("Europe/Paris");
    assertThat(credits.allocated()).isEqualTo(10);
    assertThat(credits.consumed()).isEqualTo(2);
    CampaignItem campaign = view().campaign("w", "c1").orElseThrow().item();
    assertThat(campaign.name()).isEqualTo("Spring");
    assertThat(campaign.leadsSourced()).isEqualTo(1);
    assertThat(campaign.phonesRevealed()).isEqualTo(1);
    assertThat(rejected()).isEmpty();
  }

  @Test
  void aRepeatCountsOnce() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    publish(Topics.LEAD_SOURCED, lead("e1"));

    assertThat(view().credits("w", null).orElseThrow().remaining()).isEqualTo(9);
    assertThat(rejected()).isEmpty();
  }

  @Test
  void eachReasonOnArrivalIsGivenAndTheRecordGoesBackByteForByte() {
    byte[] key = "w".getBytes(UTF_8);
    publish(Topics.LEAD_SOURCED, lead("e0"));
    assertRejected("UNDECODABLE", Topics.LEAD_SOURCED, 1, key, new byte[] {7, 1, 2, 3});
    assertRejected("WRONG_TYPE", Topics.PHONE_REVEALED, 0, key, bytes(lead("e1")));
    assertRejected("MISSING_FIELD", Topics.LEAD_SOURCED, 2, key, bytes(lead("")));
    assertRejected("KEY_MISMATCH", Topics.LEAD_SOURCED, 3, null, bytes(lead("e2")));
    assertRejected(
        "KEY_MISMATCH", Topics.LEAD_SOURCED, 4, "other".getBytes(UTF_8), bytes(lead("e2")));
    assertRejected("INVALID", Topics.CREDIT_GRANTS, 0, key, bytes(grant("g", 0)));
    assertRejected(
        "TOO_OLD", Topics.LEAD_SOURCED, 5, key, bytes(lead("e3", NOW.minus(Duration.ofDays(36)))));
    assertRejected(
        "IN_FUTURE", Topics.LEAD_SOURCED, 6, key, bytes(lead("e4", NOW.plusSeconds(301))));
    assertRejected("CONFLICT", Topics.LEAD_SOURCED, 7, key, bytes(lead("e0", NOW.minusSeconds(1))));

    assertThat(view().credits("w", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aRecordOnAnotherPartitionThanItsKeysIsRejected() {
    String elsewhere =
        Stream.iterate(0, number -> number + 1)
            .map(number -> "w" + number)
            .filter(id -> Partitioning.partitionOf(id, 2) == 1)
            .findFirst()
            .orElseThrow();
    driver.close();
    taskContext = taskContext(2);
    start();
    LeadSourced lead = new LeadSourced("e1", elsewhere, "c1", "l1", LeadSource.CSV, NOW);

    assertRejected(
        "WRONG_PARTITION", Topics.LEAD_SOURCED, 0, elsewhere.getBytes(UTF_8), bytes(lead));
  }

  @Test
  void aReversalWithoutItsEventIsRejectedWhenItHasWaitedLongEnough() {
    UsageReversed reversal = new UsageReversed("r1", "w", "nothing", null, NOW);
    publish(Topics.USAGE_REVERSED, reversal);
    reach(NOW.plus(REVERSAL_WAIT));
    assertThat(rejected()).isEmpty();
    reach(NOW.plus(REVERSAL_WAIT).plusSeconds(1));

    assertThat(rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(header(record, "reason")).isEqualTo("UNMATCHED");
              assertThat(record.value()).isEqualTo(bytes(reversal));
            });
  }

  @Test
  void nothingIsGivenUpByABrokersClockThatIsFarAhead() {
    publish(Topics.USAGE_REVERSED, new UsageReversed("r1", "w", "nothing", null, NOW));
    Instant late = NOW.plus(REVERSAL_WAIT).plusSeconds(1);
    brokersSay(late);
    assertThat(rejected()).isEmpty();
    assertThat(asOf()).isBetween(late.minusSeconds(1), late);

    reach(late);
    assertThat(rejected()).hasSize(1);
  }

  @Test
  void asOfFollowsTheBrokersClockBack() {
    brokersSay(NOW.plus(Duration.ofDays(1)));
    assertThat(asOf()).isAfter(NOW.plus(Duration.ofHours(23)));

    Instant mended = NOW.plusSeconds(2);
    brokersSay(mended);
    assertThat(asOf()).isBetween(mended.minusSeconds(1), mended);
  }

  @Test
  void anAlertIsPublishedOnceWithTheCommitThatCrossesItsThreshold() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    for (int i = 0; i < 7; i++) {
      publish(Topics.LEAD_SOURCED, lead("e" + i));
    }
    reach(NOW.plusSeconds(1));
    assertThat(alerts()).isEmpty();
    publish(Topics.LEAD_SOURCED, lead("e7"));
    reach(NOW.plusSeconds(2));

    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getKind()).isEqualTo(AlertKind.LOW_BALANCE);
              assertThat(alert.getLevel()).isEqualTo(AlertLevel.NOTICE);
              assertThat(alert.getWorkspaceId()).isEqualTo("w");
              assertThat(alert.getThreshold()).isEqualTo(0.2);
            });
    publish(Topics.EMAIL_SENT, new EmailSent("e8", "w", "c1", "l1", NOW));
    reach(NOW.plusSeconds(3));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void openedAgainItPassesOverWhatItHasCountedAndGoesOn() {
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    reopen();
    publish(Topics.CREDIT_GRANTS, grant("g1", 10));
    publish(Topics.LEAD_SOURCED, lead("e1"));
    assertThat(taskContext.redelivered().sum()).isEqualTo(2);
    publish(Topics.LEAD_SOURCED, lead("e2"));
    publish(Topics.LEAD_SOURCED, lead("e1"));

    assertThat(view().credits("w", null).orElseThrow().remaining()).isEqualTo(8);
    assertThat(rejected()).isEmpty();
  }

  @Test
  void aRejectedRecordKeepsItsProducersHeadersBeforeOurs() {
    RecordHeaders own = new RecordHeaders();
    own.add("trace", new byte[] {1, 2});
    own.add("reason", "theirs".getBytes(UTF_8));
    own.add("empty", null);
    send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), new byte[] {7}, own);

    TestRecord<byte[], byte[]> rejected = rejected().get(0);

    assertThat(rejected.headers().toArray()).startsWith(own.toArray());
    assertThat(header(rejected, "reason")).isEqualTo("UNDECODABLE");
    assertThat(header(rejected, "application.id")).isEqualTo("test");
    assertThat(RejectedHeaders.withoutOurs(rejected.headers())).isEqualTo(own);
  }

  @Test
  void aSchemaIdInAHeaderIsSaidToStandThere() {
    RecordHeaders own = new RecordHeaders();
    own.add("__value_schema_id", new byte[17]);
    send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), new byte[] {0x0a, 1, 2, 3, 4, 5}, own);

    assertThat(header(rejected().get(0), "detail"))
        .contains("the first byte is 0x0a")
        .contains("__value_schema_id")
        .contains("PrefixSchemaIdSerializer");
  }

  @Test
  void aRecordThatIsTooLargeIsRejectedByItsSizeAndHashAlone() {
    byte[] large = new byte[(16 << 20) + 1];
    send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), large);
    publish(Topics.LEAD_SOURCED, lead("e1"));

    TestRecord<byte[], byte[]> rejected = rejected().get(0);

    assertThat(rejected.value()).isNull();
    assertThat(rejected.key()).isEqualTo("w".getBytes(UTF_8));
    assertThat(header(rejected, "reason")).isEqualTo("INVALID");
    assertThat(header(rejected, "detail")).contains("16777218").contains("limit.record-bytes");
    assertThat(header(rejected, "source.size")).isEqualTo("16777217");
    // sha256sum of as many zero bytes
    assertThat(header(rejected, "source.sha256"))
        .isEqualTo("1003b1b5dc078189799a1216ce0f9fbcebb94e8b6b83c58c4b03345f07f94ced");
    assertThat(view().credits("w", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void aDetailHoldsAKibibyteAtMost() {
    String id = "\uD83D\uDE00".repeat(3_000);
    LeadSourced lead = new LeadSourced("e1", id, "c1", "l1", LeadSource.CSV, NOW);
    send(Topics.LEAD_SOURCED, "x".repeat(5_000).getBytes(UTF_8), bytes(lead));

    assertThat(rejected().get(0).headers().lastHeader("detail").value())
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

    assertThat(taskContext.ages().byTopic())
        .isEqualTo(Map.of(Topics.LEAD_SOURCED, new ArrivalAges.Ages(9 * 3_600_000, 2)));
  }

  @Test
  void theShapeOfTheTopologyIsTheOneThatRunsInProduction() throws IOException {
    assertThat(CreditTopology.build(taskContext).describe().toString())
        .isEqualToNormalizingNewlines(resource("topology.txt"));
  }

  private static String resource(String name) throws IOException {
    try (var in = CreditTopologyTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** As on another instance: the rows are restored, the topics are read from their beginning. */
  private void reopen() {
    Map<Bytes, byte[]> rows = new LinkedHashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = state().all()) {
      all.forEachRemaining(row -> rows.put(row.key, row.value));
    }
    driver.close();
    taskContext = taskContext(1);
    start();
    rows.forEach(state()::put);
    PartitionState partition = (PartitionState) driver.getStateStore(CreditTopology.PARTITION);
    partition.open(new TaskId(0, 0), state());
  }

  /** The topics' ends are seen at this instant, and the timers run. */
  /** Both clocks go on to this instant. */
  private void reach(Instant instant) {
    driver.advanceWallClockTime(Duration.between(ownNow, instant));
    ownNow = instant;
    brokersSay(instant);
  }

  private void brokersSay(Instant instant) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Topics.INPUTS.forEach(topic -> offsets.put(new TopicPartition(topic, 0), 0L));
    ends.remember(new EndOffsets.Ends(instant.toEpochMilli(), System.nanoTime(), offsets));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    ownNow = ownNow.plusSeconds(1);
  }

  private Instant asOf() {
    FlushCheckpoint checkpoint = FlushCheckpoint.read(new StreamsRowStore(state()));
    return Instant.ofEpochMilli(taskContext.owned().get(0).asOf(checkpoint));
  }

  private KeyValueStore<Bytes, byte[]> state() {
    return driver.getKeyValueStore(CreditTopology.STATE_STORE);
  }

  private PartitionView view() {
    return new PartitionView(
        new StreamsRowStore(state()),
        PriceList.STANDARD,
        new PostingSearch(),
        NOW.plusSeconds(60).toEpochMilli());
  }

  /** Those since the last call. */
  private List<TestRecord<byte[], byte[]>> rejected() {
    return driver
        .createOutputTopic(
            Topics.REJECTED_EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Those since the last call. */
  private List<CreditAlert> alerts() {
    EventDecoder decoder = new EventDecoder(registry);
    return driver
        .createOutputTopic(
            Topics.CREDIT_ALERTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(value -> (CreditAlert) decoder.decode(value, EventType.CREDIT_ALERT).event())
        .toList();
  }

  private void assertRejected(String reason, String topic, long offset, byte[] key, byte[] value) {
    send(topic, key, value);

    assertThat(rejected())
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
    send(topic, "w".getBytes(UTF_8), bytes(event));
  }

  private void send(String topic, byte[] key, byte[] value) {
    send(topic, key, value, new RecordHeaders());
  }

  private void send(String topic, byte[] key, byte[] value, Headers headers) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, NOW));
  }

  /** As its own topic's producer writes it, whichever topic it is sent to. */
  private byte[] bytes(SpecificRecord event) {
    for (EventType type : EventType.values()) {
      if (type.recordClass() == event.getClass()) {
        try (AvroEventSerializer serializer = new AvroEventSerializer(registry)) {
          return serializer.serialize(type.topic(), event);
        }
      }
    }
    throw new IllegalArgumentException("no topic has " + event);
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

  /** Gives out ids in order. */
  private static final class Registry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public Schema schemaById(int id) {
      return schemas.get(id);
    }

    @Override
    public Registered latest(String subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int lookUp(String subject, Schema schema) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int register(String subject, Schema schema) {
      if (!schemas.contains(schema)) {
        schemas.add(schema);
      }
      return schemas.indexOf(schema);
    }
  }
}
