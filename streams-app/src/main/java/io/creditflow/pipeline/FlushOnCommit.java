package io.creditflow.pipeline;

import io.creditflow.alert.Alert;
import io.creditflow.event.Rejected;
import io.creditflow.posting.PostingEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes the books when the cache lets the tick go, which it does inside the commit; publishes what
 * people should be told, in the same transaction.
 */
final class FlushOnCommit implements Processor<byte[], byte[], byte[], Object> {
  private static final Duration TIMERS = Duration.ofMillis(200);
  private static final Duration OPENING = Duration.ofMillis(10);

  private final Workshop workshop;
  private ProcessorContext<byte[], Object> context;
  private EngineStore store;
  private Cancellable opening;
  private PostingEngine engine;
  private AsOf asOf;
  private int partition;

  FlushOnCommit(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    context = newContext;
    partition = context.taskId().partition();
    store = context.getStateStore(CreditTopology.ENGINE);
    KeyValueStore<Bytes, byte[]> books = context.getStateStore(CreditTopology.BOOKS);
    engine = null;
    store.begin(context.taskId(), books, workshop);
    workshop.owned().add(partition, books);
    context.schedule(TIMERS, PunctuationType.WALL_CLOCK_TIME, now -> timers());
    opening = context.schedule(OPENING, PunctuationType.WALL_CLOCK_TIME, now -> open());
  }

  private void open() {
    store.isCounting();
    if (store.isSettled()) {
      opening.cancel();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> tick) {
    store.ticking = false;
    if (isCounting()) {
      flush();
    }
  }

  private boolean isCounting() {
    if (!store.isCounting()) {
      return false;
    }
    if (engine == null) {
      engine = store.engine();
      asOf = new AsOf(workshop.ends(), partition, engine.asOf(), engine.positions());
    }
    return true;
  }

  private void flush() {
    engine.flushAndJudge(context.currentSystemTimeMs());
    workshop.stuck().flushed(partition, engine.flushes());
    for (Alert alert : engine.takeAlerts()) {
      if (!workshop.published().contains(alert.alertId())) {
        forward(alert.workspaceId().getBytes(StandardCharsets.UTF_8), alert);
        workshop
            .raised()
            .computeIfAbsent(
                new CreditPipeline.AlertsOf(alert.kind(), alert.level()), of -> new LongAdder())
            .increment();
      }
    }
  }

  /** What is due though nothing arrives: reversals given up, recounts going on, alerts. */
  private void timers() {
    if (!isCounting()) {
      return;
    }
    engine.advance(asOf.now(store.reached()));
    for (Rejected rejected : engine.takeRejected()) {
      context.forward(
          new Record<byte[], Object>(
              rejected.origin().key(),
              rejected,
              context.currentSystemTimeMs(),
              RejectedHeaders.of(rejected)));
    }
    long now = context.currentSystemTimeMs();
    if (!store.ticking
        && (engine.isDue(now) || workshop.quiet().mustBeWritten(engine, store.owesOffsets()))) {
      flush();
    }
    workshop.quiet().note(partition, engine);
  }

  private void forward(byte[] key, Object value) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()));
  }
}
