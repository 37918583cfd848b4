package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.events.LeadSourced;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.TopicReader;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ProcessUsage;
import io.creditflow.testkit.ScratchDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records broken in every way among good ones, over a real broker: every good one is counted, every
 * bad one set aside once with its reason, and the instance is no larger at the end than half way.
 */
@Tag("system")
class BadInputAtScaleTest {
  private static final int PARTITIONS = 4;
  private static final int RECORD_BYTES_MAX = 2 << 20;

  /** Packed by zstd the topic takes it; in LZ4 it is larger than the topic's limit. */
  private static final int LARGE_BYTES = 5_000_000;

  private static final double HEAP_GROWTH_MAX = 24e6;
  private static final double REST_GROWTH_MAX = 100e6;
  private static final int LOOKS = 8;
  private static final long LOOK_EVERY_MILLIS = 250;

  private final long seed = Long.getLong("creditflow.bad-input.seed", System.nanoTime());
  private final Map<String, Expected> bad = new ConcurrentHashMap<>();
  private final Map<String, Long> verdicts = new TreeMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private ExpectedOutcome judge;
  private int records;

  /** What must be found on rejected-events for the record of one place. */
  private record Expected(String reason, long checksum) {}

  /**
   * What the instance needs, in bytes.
   *
   * @param heap in use after a collection
   * @param rest of the process, outside what the JVM has taken for its heap, of which garbage
   *     decides
   */
  private record Size(double heap, double rest) {}

  @Test
  void everyGoodOneIsCountedEveryBadOneIsSetAsideOnceAndNothingGrows() throws Exception {
    publishAndCheck(20_000);
  }

  @Test
  @Tag("soak")
  void ofAMillionEveryGoodOneIsCountedEveryBadOneIsSetAsideOnceAndNothingGrows() throws Exception {
    publishAndCheck(1_000_000);
  }

  private void publishAndCheck(int count) throws Exception {
    records = count;
    System.out.printf("BadInputAtScaleTest seed=%d records=%d%n", seed, records);
    try (ScratchDirectory scratch = new ScratchDirectory("bad-input");
        EmbeddedBroker broker = EmbeddedBroker.start(scratch.path("kafka"), 0);
        LocalSchemaRegistry registry = LocalSchemaRegistry.start(scratch.path("schemas.json"), 0)) {
      AppUnderTest.registerSchemas(registry);
      letLargeRecordsIn(broker);
      Map<String, String> settings =
          Map.of(
              "CREDITFLOW_PARTITIONS",
              String.valueOf(PARTITIONS),
              "CREDITFLOW_ROCKSDB_MEMORY",
              "32MiB");
      try (AppUnderTest app = AppUnderTest.start(scratch, "app", broker, registry, settings)) {
        app.awaitReady();
        publishAndCheck(broker, registry, app);
      }
    }
  }

  private void publishAndCheck(
      EmbeddedBroker broker, LocalSchemaRegistry registry, AppUnderTest app) throws Exception {
    RecordCorruptor corruptor = corruptor(registry);
    long start = System.nanoTime();
    publish(broker, "zstd", List.of(corruptor.large(LARGE_BYTES)).iterator());
    publish(broker, "none", Stream.generate(corruptor::next).limit(records / 2 - 1).iterator());
    awaitCounted(app, records / 2);
    Size half = size(app);
    publish(
        broker, "none", Stream.generate(corruptor::next).limit(records - records / 2).iterator());
    awaitCounted(app, records);
    double seconds = (System.nanoTime() - start) / 1e9;
    Size end = size(app);

    System.out.printf(
        "%,d records in %.0f s, by verdict %s; heap after GC %.1f MB half way, %.1f MB at the end;"
            + " outside the heap %.0f MB, %.0f MB%n",
        records,
        seconds,
        verdicts,
        half.heap() / 1e6,
        end.heap() / 1e6,
        half.rest() / 1e6,
        end.rest() / 1e6);
    assertThatGoodOnesAreCounted(app);
    assertThatMetricsTellTheSame(app);
    assertThatBadOnesAreSetAsideOnce(broker);
    assertThat(app.process().output()).doesNotContain("OutOfMemoryError", "StackOverflowError");
    assertThat(end.heap() - half.heap()).as("growth of the heap").isLessThan(HEAP_GROWTH_MAX);
    assertThat(end.rest() - half.rest()).as("growth beside the heap").isLessThan(REST_GROWTH_MAX);
  }

  private RecordCorruptor corruptor(LocalSchemaRegistry registry) {
    Map<String, String> config = Map.of("schema.registry.url", registry.url());
    HttpSchemaRegistry client = new HttpSchemaRegistry(config);
    Map<Integer, EventType> types = new HashMap<>();
    for (EventType type : EventType.values()) {
      types.put(client.lookUp(type.subject(), type.schema()), type);
    }
    judge = new ExpectedOutcome(types, PARTITIONS);
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(config, false);
    String nests =
        """
        ["null", {"type": "record", "name": "Nest", "fields": [
          {"name": "inside", "type": ["null", "Nest"]}]}]
        """;
    return new RecordCorruptor(
        seed,
        serializer,
        PARTITIONS,
        client.register("recursive-value", leadWith(nests)),
        client.register(
            "bottomless-value", leadWith("{\"type\": \"array\", \"items\": \"null\"}")));
  }

  /** LeadSourced with one more field at its end. */
  private static Schema leadWith(String type) {
    String lead = LeadSourced.getClassSchema().toString();
    String more = lead.replaceFirst("]}$", ",{\"name\":\"more\",\"type\":" + type + "}]}");
    return new Schema.Parser().parse(more);
  }

  private void publish(
      EmbeddedBroker broker, String packing, Iterator<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            packing,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            2 * LARGE_BYTES);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (records.hasNext()) {
        ProducerRecord<byte[], byte[]> record = records.next();
        var unused = producer.send(record, (sent, failed) -> note(record, sent, failed));
      }
    }
    assertThat(failure.get()).isNull();
  }

  private void note(ProducerRecord<byte[], byte[]> record, RecordMetadata sent, Exception failed) {
    if (failed != null) {
      failure.compareAndSet(null, failed);
      return;
    }
    Instant appendedAt = Instant.ofEpochMilli(sent.timestamp());
    String outcome =
        judge.outcome(sent.topic(), sent.partition(), record.key(), record.value(), appendedAt);
    verdicts.merge(outcome, 1L, Long::sum);
    if (!List.of(ExpectedOutcome.APPLIED, ExpectedOutcome.REPEATED, ExpectedOutcome.WAITING)
        .contains(outcome)) {
      String place = sent.topic() + "/" + sent.partition() + "/" + sent.offset();
      bad.put(place, new Expected(outcome, checksum(record.key(), record.value())));
    }
  }

  private static void awaitCounted(AppUnderTest app, int records) throws Exception {
    Await.until(
        () -> records + " records read; the app said:\n" + app.process().output(),
        Duration.ofMinutes(20),
        () ->
            app.process().isAlive()
                && MetricsScrape.of(app.managementUrl()).sum("creditflow_events_received_total")
                    >= records);
  }

  /** Over all time and campaigns: what was accepted, whoever pays for it. */
  private void assertThatGoodOnesAreCounted(AppUnderTest app) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String days = "?from=" + today.minusDays(60) + "&to=" + today.plusDays(2);
    long credits = 0;
    for (String workspace : RecordCorruptor.WORKSPACES) {
      JsonNode trends = app.api().json("/v1/workspaces/" + workspace + "/credits/trends" + days);
      long expected = judge.creditsByWorkspace().getOrDefault(workspace, 0L);
      assertThat(trends.path("total").asLong()).as(workspace).isEqualTo(expected);
      credits += expected;
    }
    assertThat(credits).isGreaterThan(records / 10);
  }

  private void assertThatMetricsTellTheSame(AppUnderTest app) throws Exception {
    MetricsScrape metrics = MetricsScrape.of(app.managementUrl());
    Map<String, Long> told = new TreeMap<>();
    for (String outcome : verdicts.keySet()) {
      String label =
          List.of(ExpectedOutcome.APPLIED, ExpectedOutcome.REPEATED).contains(outcome)
              ? "outcome=\"" + outcome.toLowerCase(Locale.ROOT) + "\""
              : "reason=\"" + outcome + "\"";
      double count =
          outcome.equals(ExpectedOutcome.WAITING)
              ? metrics.sum("creditflow_events_waiting")
              : metrics.sum("creditflow_events_total", label);
      told.put(outcome, (long) count);
    }
    assertThat(told).isEqualTo(verdicts);
    assertThat(metrics.sum("creditflow_events_received_total")).isEqualTo(records);
  }

  private void assertThatBadOnesAreSetAsideOnce(EmbeddedBroker broker) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    int expected = bad.size();
    AtomicInteger found = new AtomicInteger();
    AtomicInteger largest = new AtomicInteger();
    TopicReader.read(
        config,
        Topics.REJECTED_EVENTS,
        record -> {
          takeOff(record);
          found.incrementAndGet();
          largest.accumulateAndGet(record.serializedValueSize(), Math::max);
        });
    assertThat(bad).as("of %d missing on rejected-events", expected).isEmpty();
    assertThat(found.get()).isEqualTo(expected).isGreaterThan(records / 2);
    assertThat(largest.get()).as("the largest record set aside").isEqualTo(LARGE_BYTES);
  }

  private void takeOff(ConsumerRecord<byte[], byte[]> record) {
    String place =
        header(record, "source.topic")
            + "/"
            + header(record, "source.partition")
            + "/"
            + header(record, "source.offset");
    Expected expected = bad.remove(place);
    Expected found = new Expected(header(record, "reason"), checksum(record.key(), record.value()));
    assertThat(found)
        .as(() -> "%s, seed %d: %s".formatted(place, seed, header(record, "detail")))
        .isEqualTo(expected);
    assertThat(header(record, "detail")).isNotBlank();
    assertThat(header(record, "rejected.at")).isNotBlank();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static long checksum(byte[] key, byte[] value) {
    CRC32C sum = new CRC32C();
    for (byte[] part : new byte[][] {key, value}) {
      sum.update(part == null ? 1 : 2);
      sum.update(part == null ? new byte[0] : part);
    }
    return sum.getValue() << 32 | (value == null ? -1 : value.length);
  }

  /** As an operator does whose producers send large records. */
  private static void letLargeRecordsIn(EmbeddedBroker broker) throws Exception {
    Map<String, String> settings =
        Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "-1",
            "retention.bytes", "-1",
            "message.timestamp.type", "LogAppendTime",
            "max.message.bytes", String.valueOf(RECORD_BYTES_MAX));
    NewTopic topic = new NewTopic(Topics.LEAD_SOURCED, Optional.of(PARTITIONS), Optional.empty());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(topic.configs(settings))).all().get();
    }
  }

  private static Size size(AppUnderTest app) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process collected =
        new ProcessBuilder(jcmd.toString(), String.valueOf(app.process().pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(collected.waitFor(60, TimeUnit.SECONDS)).isTrue();
    double heap = Double.MAX_VALUE;
    double rest = Double.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) { // a heap that has shrunk is given back step by step
      MetricsScrape metrics = MetricsScrape.of(app.managementUrl());
      String area = "area=\"heap\"";
      heap = Math.min(heap, metrics.sum("jvm_memory_used_bytes", area));
      rest =
          Math.min(
              rest,
              ProcessUsage.of(app.process().pid()).residentBytes()
                  - metrics.sum("jvm_memory_committed_bytes", area));
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return new Size(heap, rest);
  }
}
