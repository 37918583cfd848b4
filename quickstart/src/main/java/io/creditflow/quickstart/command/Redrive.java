package io.creditflow.quickstart.command;

import io.creditflow.quickstart.command.RejectedCopy.Place;
import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.Topics;
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
 * Publishes rejected records again to the topics they came from (contract section 6). Of copies of
 * one record the latest is sent, and none if the record stands on its topic where it was not
 * rejected: then it was sent since, and is counted or about to be.
 */
final class Redrive {
  /** How far the clock that rejects may be ahead of the brokers'. */
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  private static final int REQUEST_BYTES_MAX = 64 << 20;
  private static final int PROGRESS_EVERY = 10_000;

  /**
   * Which rejected records are meant; null is any.
   *
   * @param workspaceId the record's key
   * @param from the earliest instant of rejection
   * @param to the instant before which it was rejected
   */
  record Filter(String reason, String topic, String workspaceId, Instant from, Instant to) {
    private boolean admits(RejectedCopy copy, byte[] key) {
      return (reason == null || reason.equals(copy.reason()))
          && (topic == null || topic.equals(copy.source().topic()))
          && (workspaceId == null
              || (key != null && workspaceId.equals(new String(key, StandardCharsets.UTF_8))))
          && (from == null || !copy.rejectedAt().isBefore(from))
          && (to == null || copy.rejectedAt().isBefore(to));
    }
  }

  /**
   * What came of it.
   *
   * @param sentByReason records sent, or to be sent in a dry run
   * @param sentBefore records left out because they were sent since they were rejected
   * @param withoutValue records left out because only their size and hash were kept
   */
  record Outcome(Map<String, Long> sentByReason, long sentBefore, long withoutValue) {
    long sent() {
      return sentByReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A rejected record, its copies taken together.
   *
   * @param first when the first of them was rejected
   */
  private record Candidate(RejectedCopy latest, boolean isMeant, Instant first) {
    /** Of the same instant, the one that is read later. */
    private Candidate and(Candidate read) {
      Candidate later = read.latest.rejectedAt().isBefore(latest.rejectedAt()) ? this : read;
      return new Candidate(
          later.latest, later.isMeant, read.first.isBefore(first) ? read.first : first);
    }
  }

  private final KafkaTarget target;
  private final Map<String, Object> kafka;
  private final Filter filter;
  private final Consumer<String> progress;
  private final Map<RecordIdentity, Candidate> candidates = new HashMap<>();
  private final Set<Place> rejectedPlaces = new HashSet<>();
  private final Map<String, Long> sentByReason = new TreeMap<>();
  private volatile Exception failure;

  Redrive(KafkaTarget target, Filter filter, Consumer<String> progress) {
    this.filter = filter;
    this.progress = progress;
    this.target = target;
    kafka = target.reader();
  }

  /**
   * Reads what was rejected and sends it again.
   *
   * @param isDry whether nothing is sent, only counted
   * @throws IllegalStateException if Kafka did not take a record; running it again is safe
   */
  Outcome run(boolean isDry) {
    TopicReader.read(kafka, Topics.REJECTED_EVENTS, this::take);
    candidates.values().removeIf(candidate -> !candidate.isMeant);
    long all = candidates.size();
    progress.accept("%,d rejected records to look at".formatted(all));
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
    return new Outcome(sentByReason, sentBefore, withoutValue);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    RejectedCopy copy = RejectedCopy.of(record);
    if (copy != null) {
      rejectedPlaces.add(copy.source());
      boolean isMeant = filter.admits(copy, record.key());
      candidates.merge(
          copy.identity(), new Candidate(copy, isMeant, copy.rejectedAt()), Candidate::and);
    }
  }

  /** Since the first rejection: a replay rejects a record again that was sent long ago. */
  private void dropSentSince() {
    for (String topic : Topics.INPUTS) {
      candidates.values().stream()
          .filter(candidate -> candidate.latest.source().topic().equals(topic))
          .map(Candidate::first)
          .min(Comparator.naturalOrder())
          .ifPresent(
              first ->
                  TopicReader.readSince(
                      kafka, topic, first.minus(CLOCKS_APART), this::dropIfNotRejected));
    }
  }

  private void dropIfNotRejected(ConsumerRecord<byte[], byte[]> record) {
    if (!rejectedPlaces.contains(Place.of(record))) {
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
                // What came packed well may fit its topic in no other way.
                "compression.type",
                "zstd",
                "max.request.size",
                REQUEST_BYTES_MAX,
                "buffer.memory",
                (long) REQUEST_BYTES_MAX));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicReader.read(kafka, Topics.REJECTED_EVENTS, record -> send(record, producer));
    } // which waits until all is acknowledged
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
