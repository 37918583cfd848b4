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
 * full or its time limit is reached, so a page may be empty although more follow. Records of a
 * partition without a leader are left for a later page. Not thread-safe.
 */
public final class RejectedReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAGE_TIME_LIMIT = Duration.ofSeconds(2);

  /** The minimum time for the first step of each partition, even after the page's time limit. */
  private static final Duration FIRST_STEP_TIME = Duration.ofMillis(500);

  private static final int FIRST_STEP_OFFSETS = 16;
  private static final int STEPS_MAX = 12;
  private static final int FILTERED_STEP_RECORDS = 500; // per partition, if there is a filter

  private final Consumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final RejectedIds ids;

  /**
   * @param consumer used by this object only; has no group id and reads committed records only. Its
   *     {@code fetch.max.wait.ms} must be short, because a fetch at the end of one partition delays
   *     the next partition
   */
  public RejectedReader(Consumer<byte[], byte[]> consumer, Admin admin, SchemaRegistry registry) {
    this.consumer = consumer;
    this.admin = admin;
    this.ids = new RejectedIds(registry);
  }

  /**
   * A rejected record and its location on {@code rejected-events}.
   *
   * @param timestamp the record's append time, milliseconds since 1970; in a {@link Tail}, at least
   *     that of the record before it
   */
  private record LocatedItem(
      TopicPartition partition, long offset, long timestamp, RejectedItem item) {
    LocatedItem notBefore(long earliest) {
      return new LocatedItem(partition, offset, Math.max(timestamp, earliest), item);
    }
  }

  /**
   * The records of a partition in a range of offsets.
   *
   * @param items the records, oldest first
   * @param from the first offset of the range
   */
  private record Tail(List<LocatedItem> items, long from) {}

  /**
   * Reads one page.
   *
   * @param before by partition, the offset below which the page starts; empty for the first page
   * @throws TimeoutException if no broker answers in time, or nothing could be read in time
   */
  Page<RejectedItem> newestBefore(Map<Integer, Long> before, int limit, RejectedFilter filter)
      throws ExecutionException, InterruptedException, TimeoutException {
    ids.beginPage();
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> begins = OffsetLookup.ask(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> unreadEnds = new HashMap<>();
    OffsetLookup.ask(admin, partitions, OffsetSpec.latest())
        .forEach(
            (partition, end) -> {
              long shown = before.getOrDefault(partition.partition(), Long.MAX_VALUE);
              unreadEnds.put(partition, Math.min(end, shown));
            });
    unreadEnds.keySet().retainAll(begins.keySet());
    Map<TopicPartition, Long> start = Map.copyOf(unreadEnds);
    long until = System.nanoTime() + PAGE_TIME_LIMIT.toNanos();
    List<RejectedItem> page = new ArrayList<>();
    boolean hasMore = true;
    while (hasMore && page.size() < limit) {
      hasMore = extend(page, unreadEnds, begins, limit, filter, until);
    }
    boolean isComplete =
        unreadEnds.entrySet().stream().allMatch(at -> at.getValue() <= begins.get(at.getKey()));
    if (!isComplete && unreadEnds.equals(start)) {
      throw new TimeoutException("nothing could be read in " + PAGE_TIME_LIMIT);
    }
    boolean isEnd = isComplete && unreadEnds.size() == partitions.size();
    return new Page<>(page, isEnd ? null : RejectedCursor.encode(cursor(before, unreadEnds)));
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(Topics.REJECTED_EVENTS).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static Map<Integer, Long> cursor(
      Map<Integer, Long> before, Map<TopicPartition, Long> unreadEnds) {
    Map<Integer, Long> cursor = new TreeMap<>(before);
    unreadEnds.forEach((partition, offset) -> cursor.put(partition.partition(), offset));
    return cursor;
  }

  /**
   * Adds the matching records among the next records of all partitions to the page.
   *
   * @param unreadEnds by partition, the offset below which records are unread; this method lowers
   *     it
   * @return whether records may remain and there is time to read them
   */
  private boolean extend(
      List<RejectedItem> page,
      Map<TopicPartition, Long> unreadEnds,
      Map<TopicPartition, Long> begins,
      int limit,
      RejectedFilter filter,
      long until) {
    int count = filter.isAll() ? limit + 1 : Math.max(FILTERED_STEP_RECORDS, limit + 1);
    Map<TopicPartition, Tail> tails = new HashMap<>();
    unreadEnds.forEach(
        (partition, upper) ->
            tail(partition, begins.get(partition), upper, count, until)
                .ifPresent(tail -> tails.put(partition, tail)));
    long safe = safeFrom(tails, begins);
    Set<TopicPartition> unfinished = new HashSet<>();
    Map<TopicPartition, Long> before = Map.copyOf(unreadEnds);
    for (LocatedItem one : newestFirst(tails.values())) {
      if (one.timestamp() < safe || page.size() == limit) {
        unfinished.add(one.partition());
        continue;
      }
      unreadEnds.put(one.partition(), one.offset());
      if (filter.matches(one.item())) {
        page.add(one.item());
      }
    }
    tails.forEach(
        (partition, tail) -> {
          if (!unfinished.contains(partition)) {
            unreadEnds.put(partition, tail.from());
          }
        });
    return !unreadEnds.equals(before) && System.nanoTime() < until;
  }

  private static List<LocatedItem> newestFirst(Collection<Tail> tails) {
    return tails.stream()
        .flatMap(tail -> tail.items().stream())
        .sorted(
            Comparator.comparingLong(LocatedItem::timestamp)
                .thenComparingLong(LocatedItem::offset)
                .thenComparingInt((LocatedItem one) -> one.partition().partition())
                .reversed())
        .toList();
  }

  /** The timestamp below which an unfinished partition may have further records. */
  private static long safeFrom(Map<TopicPartition, Tail> tails, Map<TopicPartition, Long> begins) {
    long safe = Long.MIN_VALUE;
    for (Map.Entry<TopicPartition, Tail> entry : tails.entrySet()) {
      Tail tail = entry.getValue();
      if (tail.from() > begins.get(entry.getKey())) {
        safe =
            tail.items().isEmpty()
                ? Long.MAX_VALUE
                : Math.max(safe, tail.items().get(0).timestamp());
      }
    }
    return safe;
  }

  /**
   * Reads a partition backwards, in growing steps, because transaction markers also occupy offsets.
   * Empty if the first step could not be read in time; the other partitions do not wait for it.
   */
  private Optional<Tail> tail(
      TopicPartition partition, long begin, long upper, int count, long until) {
    Deque<LocatedItem> found = new ArrayDeque<>();
    long from = upper;
    long width = FIRST_STEP_OFFSETS;
    for (int step = 0; step < STEPS_MAX && from > begin && found.size() < count; step++) {
      long lower = Math.max(begin, from - width);
      long deadline =
          step == 0 ? Math.max(until, System.nanoTime() + FIRST_STEP_TIME.toNanos()) : until;
      List<LocatedItem> more = range(partition, lower, from, deadline);
      if (more == null) {
        return step == 0 ? Optional.empty() : Optional.of(withAscendingTimestamps(found, from));
      }
      more.forEach(found::addFirst);
      from = lower;
      width *= 2;
    }
    return Optional.of(withAscendingTimestamps(found, from));
  }

  /**
   * Makes timestamps ascend by offset, so that a clock that was set back does not change the order.
   */
  private static Tail withAscendingTimestamps(Collection<LocatedItem> oldestFirst, long from) {
    List<LocatedItem> items = new ArrayList<>(oldestFirst.size());
    long latest = Long.MIN_VALUE;
    for (LocatedItem one : oldestFirst) {
      LocatedItem next = one.notBefore(latest);
      latest = next.timestamp();
      items.add(next);
    }
    return new Tail(items, from);
  }

  /**
   * The records of an offset range, newest first; null if there was not enough time to read them.
   */
  private List<LocatedItem> range(TopicPartition partition, long from, long to, long until) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    List<LocatedItem> found = new ArrayList<>();
    while (consumer.position(partition) < to) {
      if (System.nanoTime() > until) {
        return null;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          found.add(
              new LocatedItem(partition, record.offset(), record.timestamp(), itemOf(record)));
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
    Long partition = number(text(record, "source.partition"));
    return new RejectedItem(
        topic,
        partition == null ? null : (Integer) partition.intValue(),
        number(text(record, "source.offset")),
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

  private static Long number(String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
