package io.creditflow.pipeline;

import io.creditflow.alert.Alert;
import io.creditflow.event.Rejected;
import io.creditflow.posting.PostingEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes the books when the cache lets the tick go, which it does inside the commit; publishes what
 * people should be told, in the same transaction.
 */
final class FlushOnCommit implements Processor<byte[], byte[], byte[], Object> {
  private static final Duration TIMERS = Duration.ofMillis(200);
  private static final Duration OPENING = Duration.ofMillis(10);

  private final Workshop workshop;
  private ProcessorContext<byte[], Object> context;
  private PartitionState partition;
  private Cancellable opening;

  FlushOnCommit(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    context = newContext;
    partition = context.getStateStore(CreditTopology.PARTITION);
    partition.open(context.taskId(), context.getStateStore(CreditTopology.BOOKS));
    context.schedule(TIMERS, PunctuationType.WALL_CLOCK_TIME, now -> timers());
    opening = context.schedule(OPENING, PunctuationType.WALL_CLOCK_TIME, now -> finishOpening());
  }

  private void finishOpening() {
    if (partition.finishOpening()) {
      opening.cancel();
    }
  }

  /** The task is closed or turns standby. */
  @Override
  public void close() {
    partition.release();
  }

  @Override
  public void process(Record<byte[], byte[]> tick) {
    partition.flushed();
    if (partition.isCounting()) {
      flush();
    }
  }

  private void flush() {
    PostingEngine engine = partition.engine();
    engine.flushAndJudge(context.currentSystemTimeMs());
    workshop.stuck().flushed(context.taskId().partition(), engine.flushes());
    for (Alert alert : engine.takeAlerts()) {
      if (!workshop.published().contains(alert.alertId())) {
        context.forward(record(alert.workspaceId().getBytes(StandardCharsets.UTF_8), alert));
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
    if (!partition.isCounting()) {
      return;
    }
    partition.passTime(context.currentSystemTimeMs());
    PostingEngine engine = partition.engine();
    for (Rejected rejected : engine.takeRejected()) {
      Record<byte[], Object> record = record(rejected.origin().key(), rejected);
      context.forward(record.withHeaders(RejectedHeaders.of(rejected)));
    }
    if (partition.needsFlush(context.currentSystemTimeMs())) {
      flush();
    }
    partition.noteLevel();
  }

  private Record<byte[], Object> record(byte[] key, Object value) {
    return new Record<>(key, value, context.currentSystemTimeMs());
  }
}
