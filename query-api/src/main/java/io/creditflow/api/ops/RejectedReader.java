package io.creditflow.api.ops;

import io.creditflow.query.Page;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.OffsetLookup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads {@code rejected-events} backwards, newest first, in bounded steps. A page ends when it is
 * full or its time is up, so it may be empty and not the last. What stands in a partition without a
 * leader is left for a later page. Not thread-safe: its consumer is not.
 */
public final class RejectedReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAGE = Duration.ofSeconds(2);

  /** For the newest records of one partition, whatever the others have taken. */
  private static final Duration FIRST_STEP = Duration.ofMillis(500);

  private static final int FIRST_STEP_OFFSETS = 16;
  private static final int STEPS_MAX = 12;
  private static final int SEARCHED_AT_ONCE = 500; // records of a partition, when only some match

  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final RejectedIds ids;

  /**
   * @param consumer of its own, without a group, reading committed records only; it must not wait
   *     long at a partition's end ({@code fetch.max.wait.ms}), as it is sent elsewhere then
   */
  public RejectedReader(Consumer<byte[], byte[]> consumer, Admin admin, SchemaRegistry registry) {
    this.consumer = consumer;
    this.admin = admin;
    this.ids = new RejectedIds(registry);
  }

  /** As it stands in its partition. */
  private record RejectedRecord(long offset, long timestamp, RejectedItem item) {}

  /**
   * A record among those of other partitions.
   *
   * @param timestamp of it or of an older one of its partition, whichever is later
   */
  private record Found(TopicPartition partition, long offset, long timestamp, RejectedItem item) {}

  /**
   * The newest records of a partition below some offset.
   *
   * @param found oldest first
   * @param from all records from here on are found
   */
  private record Tail(List<Found> found, long from) {}

  /**
   * One page.
   *
   * @param before offsets from which on, by partition, all was shown already; empty for the newest
   * @throws TimeoutException if no broker answers in time
   */
  Page<RejectedItem> newestBefore(Map<Integer, Long> before, int limit, RejectedFilter filter)
      throws ExecutionException, InterruptedException, TimeoutException {
    ids.beginPage();
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> begins = OffsetLookup.ask(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> left = new HashMap<>();
    OffsetLookup.ask(admin, partitions, OffsetSpec.latest())
        .forEach(
            (partition, end) -> {
              long shown = before.getOrDefault(partition.partition(), Long.MAX_VALUE);
              left.put(partition, Math.min(end, shown));
            });
    left.keySet().retainAll(begins.keySet());
    Map<TopicPartition, Long> first = Map.copyOf(left);
    long until = System.nanoTime() + PAGE.toNanos();
    List<RejectedItem> page = new ArrayList<>();
    boolean isGoingOn = true;
    while (isGoingOn && page.size() < limit) {
      isGoingOn = extend(page, left, begins, limit, filter, until);
    }
    boolean isRead =
        left.entrySet().stream().allMatch(at -> at.getValue() <= begins.get(at.getKey()));
    if (!isRead && left.equals(first)) {
      throw new TimeoutException("nothing could be read in " + PAGE);
    }
    boolean isEnd = isRead && left.size() == partitions.size();
    return new Page<>(page, isEnd ? null : RejectedCursor.encode(cursor(before, left)));
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(Topics.REJECTED_EVENTS).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static Map<Integer, Long> cursor(
      Map<Integer, Long> before, Map<TopicPartition, Long> left) {
    Map<Integer, Long> cursor = new TreeMap<>(before);
    left.forEach((partition, offset) -> cursor.put(partition.partition(), offset));
    return cursor;
  }

  /**
   * Adds what matches among the next records of all partitions, and moves {@code left} down.
   *
   * @return whether there may be more, and time for it
   */
  private boolean extend(
      List<RejectedItem> page,
      Map<TopicPartition, Long> left,
      Map<TopicPartition, Long> begins,
      int limit,
      RejectedFilter filter,
      long until) {
    int count = filter.isAll() ? limit + 1 : Math.max(SEARCHED_AT_ONCE, limit + 1);
    Map<TopicPartition, Tail> tails = new HashMap<>();
    left.forEach(
        (partition, upper) ->
            tail(partition, begins.get(partition), upper, count, until)
                .ifPresent(tail -> tails.put(partition, tail)));
    long safe = safeFrom(tails, begins);
    Set<TopicPartition> unfinished = new HashSet<>();
    Map<TopicPartition, Long> wasLeft = Map.copyOf(left);
    for (Found one : newestFirst(tails.values())) {
      if (one.timestamp() < safe || page.size() == limit) {
        unfinished.add(one.partition());
        continue;
      }
      left.put(one.partition(), one.offset());
      if (filter.matches(one.item())) {
        page.add(one.item());
      }
    }
    tails.forEach(
        (partition, tail) -> {
          if (!unfinished.contains(partition)) {
            left.put(partition, tail.from());
          }
        });
    return !left.equals(wasLeft) && System.nanoTime() < until;
  }

  private static List<Found> newestFirst(Collection<Tail> tails) {
    return tails.stream()
        .flatMap(tail -> tail.found().stream())
        .sorted(
            Comparator.comparingLong(Found::timestamp)
                .thenComparingLong(Found::offset)
                .thenComparingInt((Found one) -> one.partition().partition())
                .reversed())
        .toList();
  }

  /** Below this time a partition that was not read to its beginning may have further records. */
  private static long safeFrom(Map<TopicPartition, Tail> tails, Map<TopicPartition, Long> begins) {
    long safe = Long.MIN_VALUE;
    for (Map.Entry<TopicPartition, Tail> entry : tails.entrySet()) {
      Tail tail = entry.getValue();
      if (tail.from() > begins.get(entry.getKey())) {
        safe =
            tail.found().isEmpty()
                ? Long.MAX_VALUE
                : Math.max(safe, tail.found().get(0).timestamp());
      }
    }
    return safe;
  }

  /**
   * Reads backwards, in steps that grow, as markers take offsets too. None if not even the first
   * step could be read: the others do not wait for that partition then.
   */
  private Optional<Tail> tail(
      TopicPartition partition, long begin, long upper, int count, long until) {
    Deque<RejectedRecord> found = new ArrayDeque<>();
    long from = upper;
    long width = FIRST_STEP_OFFSETS;
    for (int step = 0; step < STEPS_MAX && from > begin && found.size() < count; step++) {
      long lower = Math.max(begin, from - width);
      long patience = step == 0 ? Math.max(until, System.nanoTime() + FIRST_STEP.toNanos()) : until;
      List<RejectedRecord> more = range(partition, lower, from, patience);
      if (more == null) {
        return step == 0 ? Optional.empty() : Optional.of(tail(partition, found, from));
      }
      more.forEach(found::addFirst);
      from = lower;
      width *= 2;
    }
    return Optional.of(tail(partition, found, from));
  }

  /** Where a broker's clock was set back, the order of the partition stands. */
  private static Tail tail(
      TopicPartition partition, Collection<RejectedRecord> oldestFirst, long from) {
    List<Found> found = new ArrayList<>(oldestFirst.size());
    long latest = Long.MIN_VALUE;
    for (RejectedRecord record : oldestFirst) {
      latest = Math.max(latest, record.timestamp());
      found.add(new Found(partition, record.offset(), latest, record.item()));
    }
    return new Tail(found, from);
  }

  /** Newest first; null if there was not the time to read all of it. */
  private List<RejectedRecord> range(TopicPartition partition, long from, long to, long until) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    List<RejectedRecord> found = new ArrayList<>();
    while (consumer.position(partition) < to) {
      if (System.nanoTime() > until) {
        return null;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          found.add(new RejectedRecord(record.offset(), record.timestamp(), itemOf(record)));
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  private RejectedItem itemOf(ConsumerRecord<byte[], byte[]> record) {
    String topic = text(record, "source.topic");
    String reason = text(record, "reason");
    RejectedIds.Ids of = ids.of(record, topic, reason);
    Long partition = whole(text(record, "source.partition"));
    return new RejectedItem(
        topic,
        partition == null ? null : (Integer) partition.intValue(),
        whole(text(record, "source.offset")),
        of.workspaceId(),
        of.eventId(),
        reason,
        text(record, "detail"),
        text(record, "rejected.at"));
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static Long whole(String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
