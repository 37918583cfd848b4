package io.creditflow.audit;

import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.schemas.UndecodableException;
import io.creditflow.streams.RecordLocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;

/** All records of the input topics by workspace, each validated on its own. Thread-safe. */
final class InputRecords implements AutoCloseable {
  /** The product's default limit for the size of a record: key, value and headers, uncompressed. */
  static final long RECORD_BYTES_MAX = 16L * 1024 * 1024;

  private final TopicTail topics;
  private final EventDecoder decoder;
  private final ReferenceRules rules;
  private final long recordBytesMax;
  private final int partitions;
  private final SortedMap<String, List<ReceivedRecord>> byWorkspace = new TreeMap<>();
  private long count;

  InputRecords(
      Map<String, Object> kafka,
      SchemaRegistry registry,
      ReferenceRules rules,
      long recordBytesMax,
      Instant since) {
    this.recordBytesMax = recordBytesMax;
    topics = new TopicTail(kafka, Topics.INPUTS, since);
    decoder = new EventDecoder(registry);
    this.rules = rules;
    partitions = topics.partitions(Topics.LEAD_SOURCED);
  }

  /** Reads the new records. */
  synchronized void advance() {
    topics.advance(this::take);
  }

  /**
   * The records of a workspace so far. A record that cannot be decoded belongs to the workspace
   * that its key names.
   */
  synchronized List<ReceivedRecord> of(String workspaceId) {
    return List.copyOf(byWorkspace.getOrDefault(workspaceId, List.of()));
  }

  synchronized List<String> workspaceIds() {
    return List.copyOf(byWorkspace.keySet());
  }

  synchronized long count() {
    return count;
  }

  /** Whether a record at this location is within the range that is read. */
  boolean covers(RecordLocation location) {
    return location.offset() >= topics.begin(location.topic(), location.partition());
  }

  @Override
  public void close() {
    topics.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    count++;
    ReceivedRecord received = received(record);
    String workspaceId =
        received.event() != null
            ? ReferenceValidation.workspaceId(received.event())
            : record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    byWorkspace.computeIfAbsent(workspaceId, id -> new ArrayList<>()).add(received);
  }

  private ReceivedRecord received(ConsumerRecord<byte[], byte[]> record) {
    RecordLocation location = RecordLocation.of(record);
    Instant at = Instant.ofEpochMilli(record.timestamp());
    if (bytes(record) > recordBytesMax) {
      return new ReceivedRecord(location, at, record.key(), null, null, ReferenceReason.INVALID);
    }
    SpecificRecord event = null;
    ReferenceReason reason;
    try {
      event =
          decoder.decode(record.value(), EventType.ofTopic(record.topic()).orElseThrow()).event();
      reason = reason(record, event, at);
    } catch (UndecodableException bad) {
      reason = ReferenceReason.valueOf(bad.reason().name());
    }
    return new ReceivedRecord(location, at, record.key(), record.value(), event, reason);
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> record) {
    long bytes = length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += 3L * header.key().length() + length(header.value());
    }
    return bytes;
  }

  /** The first reason that applies, in the order of contract section 5; null if none does. */
  private ReferenceReason reason(
      ConsumerRecord<byte[], byte[]> record, SpecificRecord event, Instant at) {
    if (ReferenceValidation.missingField(event)) {
      return ReferenceReason.MISSING_FIELD;
    }
    byte[] expectedKey = ReferenceValidation.workspaceId(event).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(record.key(), expectedKey)) {
      return ReferenceReason.KEY_MISMATCH;
    }
    if (Utils.toPositive(Utils.murmur2(expectedKey)) % partitions != record.partition()) {
      return ReferenceReason.WRONG_PARTITION;
    }
    if (ReferenceValidation.invalid(event)) {
      return ReferenceReason.INVALID;
    }
    if (ReferenceValidation.tooOld(rules, event, at)) {
      return ReferenceReason.TOO_OLD;
    }
    return ReferenceValidation.inFuture(rules, event, at) ? ReferenceReason.IN_FUTURE : null;
  }
}
