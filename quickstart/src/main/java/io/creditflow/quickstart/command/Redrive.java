package io.creditflow.quickstart.command;

import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import io.creditflow.streams.RejectedHeaders;
import io.creditflow.streams.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes rejected records again to their original topics (contract section 6). Of several copies
 * of one record, only the latest is sent. No copy is sent if the input topic also holds the same
 * record at a location that was not rejected: the record was sent again already, and is or will be
 * counted.
 */
final class Redrive {
  /** How far an instance's clock, which dates rejections, may be ahead of the brokers' clocks. */
  private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofHours(1);

  private static final int REQUEST_BYTES_MAX = 64 << 20;
  private static final int PROGRESS_EVERY = 10_000;

  /**
   * Selects rejected records. A null component matches all.
   *
   * @param workspaceId the record's key
   * @param from the earliest time of rejection, included
   * @param to the latest time of rejection, excluded
   */
  record Filter(String reason, String topic, String workspaceId, Instant from, Instant to) {
    private boolean matches(RejectedCopy copy, byte[] key) {
      return (reason == null || reason.equals(copy.reason()))
          && (topic == null || topic.equals(copy.source().topic()))
          && (workspaceId == null
              || (key != null && workspaceId.equals(new String(key, StandardCharsets.UTF_8))))
          && (from == null || !copy.rejectedAt().isBefore(from))
          && (to == null || copy.rejectedAt().isBefore(to));
    }
  }

  /**
   * The result of a redrive.
   *
   * @param sentByReason number of records sent by rejection reason; in a dry run, of those that
   *     would be sent
   * @param sentBefore number of records left out because they were sent since their rejection
   * @param withoutValue number of records left out because rejected-events has only their size and
   *     hash
   */
  record RedriveResult(Map<String, Long> sentByReason, long sentBefore, long withoutValue) {
    long sent() {
      return sentByReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A rejected record with all its copies.
   *
   * @param latest the copy that was rejected last
   * @param isSelected whether the filter matches that copy
   * @param first the time of the first rejection
   */
  private record Candidate(RejectedCopy latest, boolean isSelected, Instant first) {
    /**
     * Merges two copies. If both were rejected at the same time, the one read later counts as the
     * latest.
     */
    private Candidate mergedWith(Candidate read) {
      Candidate later = read.latest.rejectedAt().isBefore(latest.rejectedAt()) ? this : read;
      return new Candidate(
          later.latest, later.isSelected, read.first.isBefore(first) ? read.first : first);
    }
  }

  private final KafkaTarget target;
  private final Map<String, Object> kafka;
  private final Filter filter;
  private final Consumer<String> progress;
  private final Map<RecordIdentity, Candidate> candidates = new HashMap<>();
  private final Set<RecordLocation> rejectedLocations = new HashSet<>();
  private final Map<String, Long> sentByReason = new TreeMap<>();
  private volatile Exception failure;

  Redrive(KafkaTarget target, Filter filter, Consumer<String> progress) {
    this.filter = filter;
    this.progress = progress;
    this.target = target;
    kafka = target.reader();
  }

  /**
   * Reads the rejected records and sends the selected ones again.
   *
   * @param isDry whether to count only and send nothing
   * @throws IllegalStateException if Kafka did not accept a record; running it again is safe
   */
  RedriveResult run(boolean isDry) {
    TopicReader.read(kafka, Topics.REJECTED_EVENTS, this::collect);
    candidates.values().removeIf(candidate -> !candidate.isSelected);
    long all = candidates.size();
    progress.accept("%,d rejected records selected".formatted(all));
    candidates.values().removeIf(candidate -> !candidate.latest.isWhole());
    long withoutValue = all - candidates.size();
    dropSentSince();
    long sentBefore = all - withoutValue - candidates.size();
    if (isDry) {
      candidates
          .values()
          .forEach(candidate -> sentByReason.merge(candidate.latest.reason(), 1L, Long::sum));
    } else if (!candidates.isEmpty()) {
      send();
    }
    return new RedriveResult(sentByReason, sentBefore, withoutValue);
  }

  private void collect(ConsumerRecord<byte[], byte[]> record) {
    RejectedCopy copy = RejectedCopy.of(record);
    if (copy != null) {
      rejectedLocations.add(copy.source());
      boolean isSelected = filter.matches(copy, record.key());
      candidates.merge(
          copy.identity(),
          new Candidate(copy, isSelected, copy.rejectedAt()),
          Candidate::mergedWith);
    }
  }

  /**
   * Drops candidates that were sent since their first rejection. Later rejections may come from a
   * replay, long after the record was sent again.
   */
  private void dropSentSince() {
    for (String topic : Topics.INPUTS) {
      candidates.values().stream()
          .filter(candidate -> candidate.latest.source().topic().equals(topic))
          .map(Candidate::first)
          .min(Comparator.naturalOrder())
          .ifPresent(
              first ->
                  TopicReader.readSince(
                      kafka, topic, first.minus(CLOCK_DIFFERENCE_MAX), this::dropIfNotRejected));
    }
  }

  private void dropIfNotRejected(ConsumerRecord<byte[], byte[]> record) {
    if (!rejectedLocations.contains(RecordLocation.of(record))) {
      candidates.remove(
          RecordIdentity.of(record.topic(), record.key(), record.value(), record.headers()));
    }
  }

  private void send() {
    Map<String, Object> config =
        target.producer(
            Map.of(
                "linger.ms",
                20,
                // A record that was compressed well may fit its topic's size limit only if it is
                // compressed again.
                "compression.type",
                "zstd",
                "max.request.size",
                REQUEST_BYTES_MAX,
                "buffer.memory",
                (long) REQUEST_BYTES_MAX));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicReader.read(kafka, Topics.REJECTED_EVENTS, record -> send(record, producer));
    } // closing the producer waits until all records are acknowledged
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private void send(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
    RejectedCopy copy = RejectedCopy.of(record);
    Candidate candidate = copy == null ? null : candidates.get(copy.identity());
    if (failure != null || candidate == null || !copy.equals(candidate.latest)) {
      return;
    }
    String topic = copy.source().topic();
    int partition =
        record.key() == null
            ? copy.source().partition()
            : Partitioning.partitionOf(record.key(), producer.partitionsFor(topic).size());
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                partition,
                null,
                record.key(),
                record.value(),
                RejectedHeaders.withoutOurs(record.headers())),
            (metadata, error) -> failure = error == null ? failure : error);
    long sent = sentByReason.merge(copy.reason(), 1L, Long::sum);
    if (sent % PROGRESS_EVERY == 0) {
      progress.accept("%,d of %,d sent".formatted(sum(), candidates.size()));
    }
  }

  private long sum() {
    return sentByReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
