package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import io.creditflow.streams.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The rejections of one application, by the location of the rejected record. Other applications
 * that read the same topics also write to rejected-events; their entries are ignored. Thread-safe.
 */
final class RejectedEntries implements AutoCloseable {
  private final TopicTail topic;
  private final String applicationId;
  private final Map<RecordLocation, List<RejectedEntry>> bySource = new HashMap<>();
  private final List<String> unreadable = new ArrayList<>();

  RejectedEntries(Map<String, Object> kafka, String applicationId, Instant since) {
    this.applicationId = applicationId;
    topic = new TopicTail(kafka, List.of(Topics.REJECTED_EVENTS), since);
  }

  synchronized void advance() {
    topic.advance(this::take);
  }

  /** As {@link #advance}, but waits until every transaction that is open now has ended. */
  synchronized void advancePastOpenTransactions() {
    topic.advancePastOpenTransactions(this::take);
  }

  /** The rejections of one record. More than one is an error. */
  synchronized List<RejectedEntry> of(RecordLocation source) {
    return List.copyOf(bySource.getOrDefault(source, List.of()));
  }

  synchronized Set<RecordLocation> sources() {
    return Set.copyOf(bySource.keySet());
  }

  /** Records of rejected-events with missing or invalid headers. */
  synchronized List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  @Override
  public void close() {
    topic.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (!header(record, RejectedHeaders.APPLICATION_ID).equals(applicationId)) {
        return;
      }
      RecordLocation source =
          new RecordLocation(
              header(record, "source.topic"),
              Integer.parseInt(header(record, "source.partition")),
              Long.parseLong(header(record, "source.offset")));
      ReferenceReason reason = ReferenceReason.valueOf(header(record, "reason"));
      RejectedEntry entry =
          new RejectedEntry(source, reason, header(record, "detail"), record.key(), record.value());
      bySource.computeIfAbsent(source, location -> new ArrayList<>(1)).add(entry);
    } catch (IllegalArgumentException bad) {
      unreadable.add(
          "rejected-events-%d@%d: %s"
              .formatted(record.partition(), record.offset(), bad.getMessage()));
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException("no header " + name);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
