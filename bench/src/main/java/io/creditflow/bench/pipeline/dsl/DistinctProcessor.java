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
 * Forwards each event id of a workspace once, like the tutorial "find distinct events": a window
 * store holds the ids for as long as a repeat may arrive. Forwarded records have the event time as
 * their timestamp, because the windows downstream use it.
 */
final class DistinctProcessor extends ContextualFixedKeyProcessor<String, DslUsage, DslUsage> {
  static final String SEEN = "seen";

  /** The retention of event ids: 35 days and a reserve, as in the product. */
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
