package io.creditflow.streams;

import io.creditflow.engine.EngineConfig;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.events.CreditAlert;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.InMemorySchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The product's topology in Kafka's own driver, partition 0 of it. Every record arrives at once.
 */
final class TopologyFixture implements AutoCloseable {
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final EndOffsets ends;
  private final Path directory;
  private final int partitions;
  private final Instant arrival;
  private final EngineConfig rules;
  private TaskContext taskContext;
  private TopologyTestDriver driver;
  private Instant ownNow;
  private boolean isOneOfSeveral;

  TopologyFixture(Path directory, int partitions, Instant arrival) {
    this(directory, partitions, arrival, EngineConfig.STANDARD);
  }

  TopologyFixture(Path directory, int partitions, Instant arrival, EngineConfig rules) {
    this.rules = rules;
    this.directory = directory;
    this.partitions = partitions;
    this.arrival = arrival;
    ownNow = arrival;
    ends = new EndOffsets(partitions);
    start(Map.of());
  }

  /**
   * @param restored the rows that the state holds when the task opens it
   */
  private void start(Map<Bytes, byte[]> restored) {
    taskContext =
        new TaskContext(
            registry,
            rules,
            partitions,
            1_000,
            new RegistryOutageWait(),
            ends,
            new StreamsClientSupplier(),
            new PartitionOpener(1) {
              @Override
              Future<PartitionOpener.OpenResult> open(
                  int partition, KeyValueStore<Bytes, byte[]> store, TaskContext shared) {
                restored.forEach(store::put);
                return super.open(partition, store, shared);
              }
            },
            () -> isOneOfSeveral);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class.getName());
    properties.put(RocksDbMemory.BYTES, 32L * 1024 * 1024);
    driver = new TopologyTestDriver(CreditTopology.build(taskContext), properties, arrival);
  }

  @Override
  public void close() {
    driver.close();
  }

  /** As on another instance: the rows are restored, the topics are read from their beginning. */
  void reopen() {
    Map<Bytes, byte[]> rows = rows();
    driver.close();
    start(rows);
  }

  /** From now on other instances may take the partition over. */
  void joinOthers() {
    isOneOfSeveral = true;
  }

  TaskContext taskContext() {
    return taskContext;
  }

  /** Both clocks go on to this instant. */
  void reach(Instant instant) {
    driver.advanceWallClockTime(Duration.between(ownNow, instant));
    ownNow = instant;
    brokersSay(instant);
  }

  /** The topics' ends are seen at this instant, and the timers run. */
  void brokersSay(Instant instant) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Topics.INPUTS.forEach(topic -> offsets.put(new TopicPartition(topic, 0), 0L));
    ends.remember(
        new EndOffsets.OffsetsSnapshot(instant.toEpochMilli(), System.nanoTime(), offsets));
    for (int half = 0; half < 2; half++) { // right after a commit the first leaves all to it
      driver.advanceWallClockTime(Duration.ofMillis(500));
    }
    ownNow = ownNow.plusSeconds(1);
  }

  Instant asOf() {
    return Instant.ofEpochMilli(taskContext.owned().get(0).asOf(checkpoint()));
  }

  /** As the last flush wrote it. */
  FlushCheckpoint checkpoint() {
    return FlushCheckpoint.read(new StreamsRowStore(state()));
  }

  /** As of a minute after the records' arrival. */
  PartitionView view() {
    return new PartitionView(
        new StreamsRowStore(state()),
        PriceList.STANDARD,
        new PostingSearch(),
        arrival.plusSeconds(60).toEpochMilli());
  }

  /** Those since the last call. */
  List<TestRecord<byte[], byte[]>> rejected() {
    return driver
        .createOutputTopic(
            Topics.REJECTED_EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  /** Those since the last call. */
  List<CreditAlert> alerts() {
    EventDecoder decoder = new EventDecoder(registry);
    return driver
        .createOutputTopic(
            Topics.CREDIT_ALERTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(value -> (CreditAlert) decoder.decode(value, EventType.CREDIT_ALERT).event())
        .toList();
  }

  void send(String topic, byte[] key, byte[] value) {
    send(topic, key, value, new RecordHeaders());
  }

  void send(String topic, byte[] key, byte[] value, Headers headers) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, arrival));
  }

  /** As its own topic's producer writes it, whichever topic it is sent to. */
  byte[] bytes(SpecificRecord event) {
    try (AvroEventSerializer serializer = new AvroEventSerializer(registry)) {
      return serializer.serialize(EventType.of(event).topic(), event);
    }
  }

  /** Everything in the state, in the order of the keys. */
  Map<Bytes, byte[]> rows() {
    Map<Bytes, byte[]> rows = new LinkedHashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = state().all()) {
      all.forEachRemaining(row -> rows.put(row.key, row.value));
    }
    return rows;
  }

  KeyValueStore<Bytes, byte[]> state() {
    return driver.getKeyValueStore(CreditTopology.STATE_STORE);
  }
}
