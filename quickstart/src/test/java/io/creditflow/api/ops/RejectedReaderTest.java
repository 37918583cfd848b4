package io.creditflow.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.event.Rejection.Reason;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.query.Page;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.InMemorySchemaRegistry;
import io.creditflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedReaderTest {
  private static final int PARTITIONS = 3;
  private static final RejectedFilter ALL = filter(Set.of(), null, null, null);
  private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  @TempDir private Path directory;
  private EmbeddedBroker broker;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaConsumer<byte[], byte[]> consumer;
  private RejectedReader reader;
  private long offset;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(config);
    NewTopic topic = new NewTopic(Topics.REJECTED_EVENTS, PARTITIONS, (short) 1);
    admin.createTopics(List.of(topic)).all().get();
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "fetch.max.wait.ms", 20);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reader = new RejectedReader(consumer, admin, registry);
  }

  @AfterEach
  void stop() {
    producer.close();
    consumer.close();
    admin.close();
    broker.close();
  }

  @Test
  void idsAreThoseOfTheValueAsFarAsItCanBeRead() throws Exception {
    reject(0, Reason.TOO_OLD, "w", lead("e1", "w"));
    reject(0, Reason.KEY_MISMATCH, "v", lead("e2", "w"));
    reject(0, Reason.MISSING_FIELD, "v", lead("", "w"));
    reject(0, Reason.UNDECODABLE, "v", new byte[] {7});
    reject(0, Reason.INVALID, "v", null);
    reject(0, Reason.KEY_MISMATCH, null, lead("e3", "w"));

    List<RejectedItem> items = walk(ALL, 50);
    Collections.reverse(items);

    assertThat(items)
        .extracting(RejectedItem::workspaceId)
        .containsExactly("w", "w", "w", "v", "v", "w");
    assertThat(items)
        .extracting(RejectedItem::eventId)
        .containsExactly("e1", "e2", null, null, null, "e3");
    assertThat(items.get(0))
        .isEqualTo(
            new RejectedItem(
                Topics.LEAD_SOURCED, 5, 0L, "w", "e1", "TOO_OLD", "why", AT.toString()));
  }

  @Test
  void eachFilterNarrowsAndTogetherTheyDoSoToo() throws Exception {
    reject(0, Reason.TOO_OLD, "w", lead("e1", "w"));
    reject(1, Reason.IN_FUTURE, "w", lead("e2", "w"));
    reject(2, Reason.TOO_OLD, "v", lead("e1", "v"));
    reject(2, Reason.CONFLICT, "v", lead("e3", "v"));

    assertThat(found(filter(Set.of(Reason.TOO_OLD), null, null, null))).containsExactly(2L, 0L);
    assertThat(found(filter(Set.of(Reason.IN_FUTURE, Reason.CONFLICT), null, null, null)))
        .containsExactly(3L, 1L);
    assertThat(found(filter(Set.of(), Topics.LEAD_SOURCED, null, null))).hasSize(4);
    assertThat(found(filter(Set.of(), Topics.CAMPAIGNS, null, null))).isEmpty();
    assertThat(found(filter(Set.of(), null, "v", null))).containsExactly(3L, 2L);
    assertThat(found(filter(Set.of(), null, null, "e1"))).containsExactly(2L, 0L);
    assertThat(found(filter(Set.of(Reason.TOO_OLD), Topics.LEAD_SOURCED, "v", "e1")))
        .containsExactly(2L);
  }

  @Test
  void aWalkShowsEachRecordOnceTheNewestFirst() throws Exception {
    for (int i = 0; i < 200; i++) {
      reject(i * i % PARTITIONS, Reason.TOO_OLD, "w", lead("e" + i, "w"));
    }
    List<Long> offsets = new ArrayList<>();
    walk(ALL, 7).forEach(item -> offsets.add(item.offset()));
    List<Long> expected = new ArrayList<>();
    for (long i = 199; i >= 0; i--) {
      expected.add(i);
    }
    assertThat(offsets).containsExactlyElementsOf(expected);
  }

  @Test
  void oneAmongThousandsIsFoundInTheEnd() throws Exception {
    reject(1, Reason.CONFLICT, "w", lead("rare", "w"));
    for (int i = 0; i < 5_000; i++) {
      reject(i % PARTITIONS, Reason.TOO_OLD, "w", lead("e" + i, "w"));
    }
    assertThat(found(filter(Set.of(), null, null, "rare"))).containsExactly(0L);
    assertThat(found(filter(Set.of(Reason.CONFLICT), null, null, null))).containsExactly(0L);
  }

  private List<Long> found(RejectedFilter filter) throws Exception {
    return walk(filter, 50).stream().map(RejectedItem::offset).toList();
  }

  private List<RejectedItem> walk(RejectedFilter filter, int limit) throws Exception {
    producer.flush();
    List<RejectedItem> items = new ArrayList<>();
    Map<Integer, Long> before = Map.of();
    while (true) {
      Page<RejectedItem> page = reader.newestBefore(before, limit, filter);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
      if (page.nextCursor() == null) {
        return items;
      }
      before = RejectedCursor.decode(page.nextCursor());
    }
  }

  /** A millisecond apart at least, as order is by append time. */
  private void reject(int partition, Reason reason, String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.REJECTED_EVENTS,
            partition,
            AT.toEpochMilli() + offset,
            key == null ? null : bytes(key),
            value);
    record.headers().add("reason", bytes(reason.name()));
    record.headers().add("detail", bytes("why"));
    record.headers().add("source.topic", bytes(Topics.LEAD_SOURCED));
    record.headers().add("source.partition", bytes("5"));
    record.headers().add("source.offset", bytes(Long.toString(offset++)));
    record.headers().add("rejected.at", bytes(AT.toString()));
    var unused = producer.send(record);
  }

  private static RejectedFilter filter(
      Set<Reason> reasons, String topic, String workspaceId, String eventId) {
    return new RejectedFilter(reasons, topic, workspaceId, eventId);
  }

  private byte[] lead(String eventId, String workspaceId) {
    try (AvroEventSerializer serializer = new AvroEventSerializer(registry)) {
      return serializer.serialize(
          Topics.LEAD_SOURCED, new LeadSourced(eventId, workspaceId, "c", "l", LeadSource.CSV, AT));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
