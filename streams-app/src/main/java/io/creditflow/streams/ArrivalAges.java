package io.creditflow.streams;

import io.creditflow.schemas.EventType;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How old accepted events are when they arrive, by topic. The ages show that a producer's events
 * always arrive hours late, before they are old enough to be rejected. Thread-safe.
 */
public final class ArrivalAges {
  /**
   * The ages of one topic's events since the process started.
   *
   * @param millis the sum over all events of the time from occurredAt to arrival; an event with a
   *     future occurredAt adds 0
   * @param events the number of events
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

  void record(EventType type, long occurredAt, long arrivedAt) {
    millis.get(type).add(Math.max(0, arrivedAt - occurredAt));
    events.get(type).increment();
  }

  /** The ages by topic, without topics that had no event. */
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
