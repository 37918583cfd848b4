package io.creditflow.streams;

import io.creditflow.engine.FlushCheckpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the number of the last committed flush from the end of a changelog partition. A restored
 * state is complete if it holds this flush. Thread-safe.
 */
final class ChangelogEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ChangelogEnd.class);
  private static final long TIMEOUT_SECONDS = 10;
  private static final long PAUSE_MILLIS = 100;

  /** How long to wait for an open transaction to end by itself before its producer is fenced. */
  private static final long FENCE_AFTER_MILLIS = 500;

  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * The number of offsets before the end at which the first read starts. One read is usually
   * enough, because the row that ends a flush is the last record before the marker of its
   * transaction. Each further read starts eight times as far before the end.
   */
  private static final long FIRST_READ_OFFSETS = 8;

  private final Admin admin;
  private final String topic;
  private final Map<String, Object> kafka;

  /**
   * @param kafka settings of a consumer without a group
   */
  ChangelogEnd(Admin admin, String topic, Map<String, Object> kafka) {
    this.admin = admin;
    this.topic = topic;
    this.kafka = new HashMap<>(kafka);
    this.kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
  }

  /**
   * Waits until no transaction of a former owner is open on the changelog partition, and returns
   * the number of the last committed flush. While brokers are unavailable, it waits without a
   * limit.
   *
   * @return 0 if no flush was committed
   */
  long lastFlush(int partition) throws InterruptedException {
    TopicPartition changelog = new TopicPartition(topic, partition);
    while (true) {
      try {
        return lastFlushBefore(changelog, awaitEnd(changelog));
      } catch (ExecutionException | TimeoutException | RuntimeException failure) {
        if (failure instanceof InterruptException) {
          throw new InterruptedException("interrupted while reading " + changelog);
        }
        LOG.warn("Cannot read the end of {}; retrying: {}", changelog, failure.toString());
        Thread.sleep(10 * PAUSE_MILLIS);
      }
    }
  }

  private long awaitEnd(TopicPartition changelog)
      throws ExecutionException, InterruptedException, TimeoutException {
    for (long waitedMillis = 0; ; waitedMillis += PAUSE_MILLIS) {
      long written = end(changelog, IsolationLevel.READ_UNCOMMITTED);
      long committed = end(changelog, IsolationLevel.READ_COMMITTED);
      if (committed >= written) {
        return committed;
      }
      if (waitedMillis == FENCE_AFTER_MILLIS) {
        fenceFormerOwner(changelog, committed);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /**
   * Fences the producers that have an open transaction on the changelog, which ends these
   * transactions. Without fencing, the brokers abort them only after transaction.timeout.ms, and up
   * to ten seconds later than that. Fencing loses nothing: the group has assigned the partition to
   * this process, so only a former owner can have such a transaction, and the brokers would refuse
   * its offset commit anyway. If the coordinator has already decided to commit a transaction, the
   * transaction is committed.
   */
  private void fenceFormerOwner(TopicPartition changelog, long from)
      throws InterruptedException, TimeoutException {
    try {
      Set<Long> open =
          admin
              .describeProducers(Set.of(changelog))
              .partitionResult(changelog)
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .activeProducers()
              .stream()
              .filter(producer -> producer.currentTransactionStartOffset().isPresent())
              .map(ProducerState::producerId)
              .collect(Collectors.toSet());
      Set<String> transactionalIds =
          open.isEmpty()
              ? Set.of()
              : admin
                  .listTransactions(new ListTransactionsOptions().filterProducerIds(open))
                  .all()
                  .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                  .stream()
                  .map(TransactionListing::transactionalId)
                  .collect(Collectors.toSet());
      LOG.info(
          "{} has an open transaction of {} from offset {} on; fencing its producer",
          changelog,
          transactionalIds,
          from);
      admin.fenceProducers(transactionalIds).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      LOG.warn(
          "{} has an open transaction of a former owner from offset {} on, and fencing its producer"
              + " failed ({}). The partition opens after the brokers have ended the transaction",
          changelog,
          from,
          refused.getCause().toString());
    }
  }

  private long end(TopicPartition changelog, IsolationLevel level)
      throws ExecutionException, InterruptedException, TimeoutException {
    return OffsetLookup.ask(admin, List.of(changelog), OffsetSpec.latest(), level).get(changelog);
  }

  private long lastFlushBefore(TopicPartition changelog, long end) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(changelog));
      long begin = consumer.beginningOffsets(List.of(changelog)).get(changelog);
      long to = end;
      for (long back = FIRST_READ_OFFSETS; to > begin; back *= 8) {
        long from = Math.max(begin, end - back);
        OptionalLong last = lastFlush(consumer, changelog, from, to);
        if (last.isPresent()) {
          return last.getAsLong();
        }
        to = from;
      }
      return 0;
    }
  }

  private static OptionalLong lastFlush(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition changelog, long from, long to) {
    OptionalLong last = OptionalLong.empty();
    consumer.seek(changelog, from);
    while (consumer.position(changelog) < to) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        OptionalLong flush = FlushCheckpoint.sequenceEndedBy(record.key(), record.value());
        if (record.offset() < to && flush.isPresent()) {
          last = flush;
        }
      }
    }
    return last;
  }
}
