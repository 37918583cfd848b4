package io.creditflow.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.posting.CountingRules;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.usage.PriceList;
import io.creditflow.view.BooksView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditTopologyTest {
  private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");

  @TempDir Path directory;
  private final Registry registry = new Registry();
  private final Workshop workshop =
      new Workshop(
          registry,
          CountingRules.STANDARD,
          1,
          1_000,
          new EndOffsets(1),
          new PipelineClients(),
          new PartitionOpener(1),
          () -> false);
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class.getName());
    properties.put(RocksDbMemory.BYTES, 32L * 1024 * 1024);
    driver = new TopologyTestDriver(CreditTopology.build(workshop), properties, NOW);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aPublishedEventIsInTheBooksAfterTheCommit() {
    publish(Topics.CREDIT_GRANTS, "w", grant("w", "g1", 10));
    publish(Topics.LEAD_SOURCED, "w", lead("w", "e1"));
    publish(Topics.LEAD_SOURCED, "w", lead("w", "e1"));

    CreditsAnswer credits = view().credits("w", null).orElseThrow();

    assertThat(credits.remaining()).isEqualTo(9);
    assertThat(credits.consumed()).isEqualTo(1);
  }

  @Test
  void badRecordsGoToRejectedEventsByteForByteAndTheRestIsCounted() {
    byte[] garbage = {7, 1, 2, 3};
    send(Topics.LEAD_SOURCED, "w".getBytes(UTF_8), garbage);
    send(Topics.LEAD_SOURCED, null, bytes(Topics.LEAD_SOURCED, lead("w", "e1")));
    publish(Topics.LEAD_SOURCED, "other", lead("w", "e2"));
    publish(Topics.LEAD_SOURCED, "w", lead("w", ""));
    publish(Topics.PHONE_REVEALED, "w", lead("w", "e3"));
    publish(Topics.LEAD_SOURCED, "w", lead("w", "e4"));

    List<TestRecord<byte[], byte[]>> rejected = rejected().readRecordsToList();

    assertThat(rejected.stream().map(record -> header(record, "reason")))
        .containsExactly(
            "UNDECODABLE", "KEY_MISMATCH", "KEY_MISMATCH", "MISSING_FIELD", "WRONG_TYPE");
    assertThat(rejected.get(0).value()).isEqualTo(garbage);
    assertThat(rejected.get(1).key()).isNull();
    assertThat(rejected.get(4).headers().lastHeader("source.topic").value())
        .asString(UTF_8)
        .isEqualTo(Topics.PHONE_REVEALED);
    assertThat(view().credits("w", null).orElseThrow().overage()).isEqualTo(1);
  }

  @Test
  void theShapeOfTheTopologyIsTheOneThatRunsInProduction() throws IOException {
    assertThat(CreditTopology.build(workshop).describe().toString())
        .isEqualToNormalizingNewlines(resource("topology.txt"));
  }

  private static String resource(String name) throws IOException {
    try (var in = CreditTopologyTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private BooksView view() {
    KeyValueStore<Bytes, byte[]> books = driver.getKeyValueStore(CreditTopology.BOOKS);
    return new BooksView(
        new StoreState(books), PriceList.STANDARD, NOW.plusSeconds(60).toEpochMilli());
  }

  private TestOutputTopic<byte[], byte[]> rejected() {
    return driver.createOutputTopic(
        Topics.REJECTED_EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private void publish(String topic, String key, SpecificRecord event) {
    send(topic, key.getBytes(UTF_8), bytes(topic, event));
  }

  private void send(String topic, byte[] key, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, NOW));
  }

  private byte[] bytes(String topic, SpecificRecord event) {
    try (AvroEventSerializer serializer = new AvroEventSerializer(registry)) {
      return serializer.serialize(topic, event);
    }
  }

  private static LeadSourced lead(String workspaceId, String eventId) {
    return new LeadSourced(eventId, workspaceId, "c1", "l1", LeadSource.CSV, NOW);
  }

  private static CreditGrant grant(String workspaceId, String grantId, long amount) {
    return new CreditGrant(
        grantId + "-event",
        workspaceId,
        grantId,
        GrantAction.GRANTED,
        amount,
        NOW.minusSeconds(60),
        NOW.plusSeconds(86_400),
        0,
        null,
        NOW);
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
