package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.EngineConfig;
import io.creditflow.engine.RecordOutcome;
import io.creditflow.event.Rejection;
import io.creditflow.event.SourceRecord;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.schemas.Topics;
import io.creditflow.state.RowStore;
import io.creditflow.state.WritableRowStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a changelog on a real broker says of the last whole flush. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChangelogEndTest {
  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final Rows flushed = new Rows();
  private final CreditEngine engine =
      new CreditEngine(EngineConfig.STANDARD, flushed, key -> 0, Set.of());
  private long offset;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(directory, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void isZeroWithoutAnyFlush() throws Exception {
    assertThat(changelog("none").lastFlush(0)).isZero();
  }

  @Test
  void isTheLastFlushThatWasCommitted() throws Exception {
    ChangelogEnd changelog = changelog("aborted");
    try (Producer<byte[], byte[]> owner = owner("aborted-owner")) {
      flush(owner, "aborted").commitTransaction();
      flush(owner, "aborted").commitTransaction();
      for (int i = 0; i < 20; i++) {
        flush(owner, "aborted").abortTransaction();
      }
    }

    assertThat(changelog.lastFlush(0)).isEqualTo(2);
  }

  @Test
  void isKnownAtOnceThoughAFormerOwnerDiedWithinATransaction() throws Exception {
    ChangelogEnd changelog = changelog("open");
    try (Producer<byte[], byte[]> owner = owner("open-owner")) {
      flush(owner, "open").commitTransaction();
      flush(owner, "open").flush();

      assertThat(changelog.lastFlush(0)).isEqualTo(1);
      assertThatThrownBy(owner::commitTransaction).isInstanceOf(KafkaException.class);
    }
    assertThat(changelog.lastFlush(0)).isEqualTo(1);
  }

  private static ChangelogEnd changelog(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    return new ChangelogEnd(admin, topic, Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** Its transactions end by themselves after ten minutes only. */
  private static Producer<byte[], byte[]> owner(String transactionalId) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("transactional.id", transactionalId);
    config.put("transaction.timeout.ms", 600_000);
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  /** Sends the rows of one flush in a transaction of their own, which it leaves open. */
  private Producer<byte[], byte[]> flush(Producer<byte[], byte[]> owner, String topic) {
    Rejection any = new Rejection(Rejection.Reason.UNDECODABLE, "any record will do");
    if (engine.rejectUndecoded(
            new SourceRecord(Topics.LEAD_SOURCED, 0, offset++, 1_000, null, null, List.of()), any)
        != RecordOutcome.REJECTED) {
      throw new IllegalStateException("a refused record is rejected");
    }
    engine.flush();
    owner.beginTransaction();
    for (RowStore.Row row : flushed.take()) {
      var unused = owner.send(new ProducerRecord<>(topic, 0, row.key(), row.value()));
    }
    return owner;
  }

  /** A state that holds nothing, and keeps what is written to it. */
  private static final class Rows implements WritableRowStore {
    private final List<Row> written = new ArrayList<>();

    List<Row> take() {
      List<Row> taken = List.copyOf(written);
      written.clear();
      return taken;
    }

    @Override
    public void write(List<Row> rows) {
      written.addAll(rows);
    }

    @Override
    public byte[] get(byte[] key) {
      return null;
    }

    @Override
    public RowStore.RowIterator ascend(byte[] from, byte[] to) {
      return new Nothing();
    }

    @Override
    public RowStore.RowIterator descend(byte[] from, byte[] to) {
      return new Nothing();
    }
  }

  private static final class Nothing implements RowStore.RowIterator {
    private final Iterator<RowStore.Row> none = List.<RowStore.Row>of().iterator();

    @Override
    public boolean hasNext() {
      return none.hasNext();
    }

    @Override
    public RowStore.Row next() {
      return none.next();
    }

    @Override
    public void close() {
      // there is nothing to close
    }
  }
}
