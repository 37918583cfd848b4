package io.creditflow.streams;

import io.creditflow.schemas.EventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How old accepted events are when they arrive, by topic: a producer that is always nine hours late
 * is seen before its events are too old. Safe for many threads.
 */
public final class ArrivalAges {
  /**
   * Of one topic, since the process began.
   *
   * @param millis from occurredAt to arrival, added up; an event of the future adds nothing
   */
  public record Ages(long millis, long events) {}

  private final Map<EventType, LongAdder> millis = new EnumMap<>(EventType.class);
  private final Map<EventType, LongAdder> events = new EnumMap<>(EventType.class);

  ArrivalAges() {
    for (EventType type : EventType.values()) {
      millis.put(type, new LongAdder());
      events.put(type, new LongAdder());
    }
  }

  void note(EventType type, long occurredAt, long arrivedAt) {
    millis.get(type).add(Math.max(0, arrivedAt - occurredAt));
    events.get(type).increment();
  }

  /** Topics that had any. */
  Map<String, Ages> byTopic() {
    Map<String, Ages> ages = new TreeMap<>();
    events.forEach(
        (type, count) -> {
          if (count.sum() > 0) {
            ages.put(type.topic(), new Ages(millis.get(type).sum(), count.sum()));
          }
        });
    return ages;
  }
}
