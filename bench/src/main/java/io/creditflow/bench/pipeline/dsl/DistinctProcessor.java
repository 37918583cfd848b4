package io.creditflow.bench.pipeline.dsl;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Lets an event id of a workspace through once, as "find distinct events" does it: a window store
 * of the ids seen within the time in which a repeat may come. What goes on carries the time at
 * which it happened, for the windows behind.
 */
final class DistinctProcessor extends ContextualFixedKeyProcessor<String, DslUsage, DslUsage> {
  static final String SEEN = "seen";

  /** As the product remembers ids: 35 days, and a little. */
  private static final Duration REMEMBERED = Duration.ofDays(35).plusHours(2);

  private WindowStore<String, Long> seen;

  static StoreBuilder<WindowStore<String, Long>> store() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(SEEN, REMEMBERED, REMEMBERED, false),
        Serdes.String(),
        Serdes.Long());
  }

  @Override
  public void init(FixedKeyProcessorContext<String, DslUsage> context) {
    super.init(context);
    seen = context.getStateStore(SEEN);
  }

  @Override
  public void process(FixedKeyRecord<String, DslUsage> record) {
    DslUsage usage = record.value();
    String id = record.key() + "/" + usage.eventId();
    long arrived = record.timestamp();
    try (WindowStoreIterator<Long> before =
        seen.fetch(id, arrived - REMEMBERED.toMillis(), arrived + REMEMBERED.toMillis())) {
      if (before.hasNext()) {
        return;
      }
    }
    seen.put(id, arrived, arrived);
    context().forward(record.withTimestamp(usage.occurredAt().toEpochMilli()));
  }
}
