package io.creditflow.audit;

import io.creditflow.reference.Door;
import io.creditflow.reference.Reason;
import io.creditflow.reference.Rules;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.schemas.UndecodableException;
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

/**
 * Everything that arrived on the input topics, judged by itself and sorted by workspace. Several
 * threads may use it.
 */
final class Inbox implements AutoCloseable {
  /** As shipped: the largest record that is counted, of key, value and headers, unpacked. */
  static final long RECORD_BYTES_MAX = 16L * 1024 * 1024;

  private final TopicTail topics;
  private final EventDecoder decoder;
  private final Rules rules;
  private final long recordBytesMax;
  private final int partitions;
  private final SortedMap<String, List<Arrival>> byWorkspace = new TreeMap<>();
  private long count;

  Inbox(
      Map<String, Object> kafka,
      SchemaRegistry registry,
      Rules rules,
      long recordBytesMax,
      Instant since) {
    this.recordBytesMax = recordBytesMax;
    topics = new TopicTail(kafka, Topics.INPUTS, since);
    decoder = new EventDecoder(registry);
    this.rules = rules;
    partitions = topics.partitions(Topics.LEAD_SOURCED);
  }

  /** Takes in what is new. */
  synchronized void advance() {
    topics.advance(this::take);
  }

  /** Those of a workspace so far; of records that tell no workspace, the key stands for it. */
  synchronized List<Arrival> of(String workspaceId) {
    return List.copyOf(byWorkspace.getOrDefault(workspaceId, List.of()));
  }

  synchronized List<String> workspaceIds() {
    return List.copyOf(byWorkspace.keySet());
  }

  synchronized long count() {
    return count;
  }

  /** Whether a record at that place would have been read. */
  boolean reaches(Place place) {
    return place.offset() >= topics.begin(place.topic(), place.partition());
  }

  @Override
  public void close() {
    topics.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    count++;
    Arrival arrival = arrival(record);
    String workspaceId =
        arrival.event() != null
            ? Door.workspaceId(arrival.event())
            : record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    byWorkspace.computeIfAbsent(workspaceId, id -> new ArrayList<>()).add(arrival);
  }

  private Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    Place place = new Place(record.topic(), record.partition(), record.offset());
    Instant at = Instant.ofEpochMilli(record.timestamp());
    if (bytes(record) > recordBytesMax) {
      return new Arrival(place, at, record.key(), null, null, Reason.INVALID);
    }
    SpecificRecord event = null;
    Reason reason;
    try {
      event =
          decoder.decode(record.value(), EventType.ofTopic(record.topic()).orElseThrow()).event();
      reason = reason(record, event, at);
    } catch (UndecodableException bad) {
      reason = Reason.valueOf(bad.reason().name());
    }
    return new Arrival(place, at, record.key(), record.value(), event, reason);
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

  /** The first that applies, in the order of contract section 5. */
  private Reason reason(ConsumerRecord<byte[], byte[]> record, SpecificRecord event, Instant at) {
    if (Door.missingField(event)) {
      return Reason.MISSING_FIELD;
    }
    byte[] right = Door.workspaceId(event).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(record.key(), right)) {
      return Reason.KEY_MISMATCH;
    }
    if (Utils.toPositive(Utils.murmur2(right)) % partitions != record.partition()) {
      return Reason.WRONG_PARTITION;
    }
    if (Door.invalid(event)) {
      return Reason.INVALID;
    }
    if (Door.tooOld(rules, event, at)) {
      return Reason.TOO_OLD;
    }
    return Door.inFuture(rules, event, at) ? Reason.IN_FUTURE : null;
  }
}
