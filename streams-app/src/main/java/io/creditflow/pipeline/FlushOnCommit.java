package io.creditflow.pipeline;

import io.creditflow.event.Rejected;
import io.creditflow.posting.PostingEngine;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes the books when the cache lets the tick go, which it does inside the commit. */
final class FlushOnCommit implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration TIMERS = Duration.ofMillis(200);

  private final Workshop workshop;
  private ProcessorContext<byte[], byte[]> context;
  private EngineStore store;
  private PostingEngine engine;
  private int partition;

  FlushOnCommit(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    context = newContext;
    partition = context.taskId().partition();
    store = context.getStateStore(CreditTopology.ENGINE);
    engine = store.engine(context, workshop);
    context.schedule(TIMERS, PunctuationType.WALL_CLOCK_TIME, now -> timers());
  }

  @Override
  public void process(Record<byte[], byte[]> tick) {
    Flush.run(engine, workshop, partition);
    store.ticking = false;
  }

  /** What is due though nothing arrives: reversals given up, recounts going on. */
  private void timers() {
    engine.advance(workshop.ends().asOf(partition, engine.positions()));
    for (Rejected rejected : engine.takeRejected()) {
      context.forward(
          new Record<>(
              rejected.origin().key(),
              rejected.origin().value(),
              context.currentSystemTimeMs(),
              RejectedHeaders.of(rejected)));
    }
    if (!store.ticking && engine.isDirty()) {
      Flush.run(engine, workshop, partition);
    }
  }
}
