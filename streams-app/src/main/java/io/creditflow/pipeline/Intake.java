package io.creditflow.pipeline;

import io.creditflow.event.Event;
import io.creditflow.event.Origin;
import io.creditflow.event.Rejected;
import io.creditflow.event.Rejection;
import io.creditflow.posting.PostingEngine;
import io.creditflow.schemas.Decoded;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.UndecodableException;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Decodes each record and hands it to the engine; what is rejected goes on at once. */
final class Intake implements FixedKeyProcessor<byte[], byte[], Object> {
  private final Workshop workshop;
  private final EventDecoder decoder;
  private FixedKeyProcessorContext<byte[], Object> context;
  private EngineStore store;
  private PostingEngine engine;
  private AlreadyCounted alreadyCounted;

  Intake(Workshop workshop) {
    this.workshop = workshop;
    decoder = new EventDecoder(workshop.registry());
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Object> newContext) {
    context = newContext;
    store = context.getStateStore(CreditTopology.ENGINE);
    engine = null;
  }

  /** At the first record, not before: see {@link Unopened}. */
  private void open() {
    if (engine == null) {
      workshop.unopened().openAll();
      engine = store.engine();
      alreadyCounted = new AlreadyCounted(engine.positions());
    }
  }

  /**
   * Forgets what was in memory. Kafka Streams keeps the store objects of a task that turns standby
   * and owner again, without opening them anew; the books have moved on meanwhile.
   */
  @Override
  public void close() {
    int partition = context.taskId().partition();
    workshop.owned().remove(partition);
    workshop.quiet().forget(partition);
    workshop.unopened().remove(store);
    store.forget();
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    open();
    RecordMetadata from = context.recordMetadata().orElseThrow();
    if (alreadyCounted.holds(from.topic(), from.offset(), record.timestamp())) {
      workshop.deliveredAgain().increment();
      return;
    }
    Origin origin =
        new Origin(
            from.topic(),
            from.partition(),
            from.offset(),
            record.timestamp(),
            record.key(),
            record.value());
    count(origin, EventType.ofTopic(from.topic()).orElseThrow());
    for (Rejected rejected : engine.takeRejected()) {
      context.forward(
          record.withValue((Object) rejected).withHeaders(RejectedHeaders.of(rejected)));
    }
    if (record.key() == null) {
      // A tick needs a key to reach the commit, so this record is written down at once.
      engine.flush();
    } else if (!store.ticking) {
      store.ticking = true;
      // Its own time, as a table warns of every row that is older than the one before.
      context.forward(
          record.withValue((Object) Tick.CHANGED).withTimestamp(context.currentSystemTimeMs()));
    } else if (engine.pending() >= workshop.postingsInMemoryMax()) {
      engine.flush();
    }
  }

  private void count(Origin origin, EventType type) {
    Decoded decoded;
    try {
      decoded = workshop.registryWait().until(() -> decoder.decode(origin.value(), type));
    } catch (UndecodableException bad) {
      engine.refuse(
          origin, new Rejection(Rejection.Reason.valueOf(bad.reason().name()), bad.getMessage()));
      return;
    }
    engine.accept(origin, Event.of(decoded.event(), decoded.fingerprint()));
  }
}
