package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.event.RejectedRecord;
import io.creditflow.events.CreditAlert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Flushes the state when it receives a {@link FlushTrigger}: Kafka Streams delivers the trigger
 * when it flushes its record caches before a commit. Forwards the alerts that the flush raised, in
 * the same transaction. A timer flushes when work is due while no record arrives.
 */
final class FlushProcessor implements Processor<byte[], byte[], byte[], Object> {
  private static final Duration TIMER_INTERVAL = Duration.ofMillis(200);

  private final TaskContext taskContext;
  private ProcessorContext<byte[], Object> context;
  private OwnedPartition partition;

  /** Whether a commit has flushed since the timer last fired. */
  private boolean hasCommitFlushed;

  FlushProcessor(TaskContext taskContext) {
    this.taskContext = taskContext;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    context = newContext;
    partition = taskContext.owned().get(context.taskId().partition()); // EventProcessor opened it
    context.schedule(TIMER_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> onTimer());
  }

  @Override
  public void process(Record<byte[], byte[]> trigger) {
    partition.flushed();
    if (partition.isCounting()) {
      flush();
      hasCommitFlushed = true;
    }
  }

  private void flush() {
    CreditEngine engine = partition.engine();
    engine.flushAndEvaluate(context.currentSystemTimeMs());
    for (CreditAlert alert : engine.takeAlerts()) {
      if (!taskContext.published().contains(alert.getAlertId())) {
        context.forward(record(alert.getWorkspaceId().getBytes(StandardCharsets.UTF_8), alert));
        taskContext
            .raised()
            .computeIfAbsent(
                new CreditPipeline.AlertGroup(alert.getKind(), alert.getLevel()),
                group -> new LongAdder())
            .increment();
      }
    }
  }

  /**
   * Does the work that is due while no record arrives: expires pending reversals, recounts days and
   * raises alerts.
   */
  private void onTimer() {
    if (!partition.isCounting()) {
      return;
    }
    taskContext.stuck().committed(context.taskId().partition(), partition::committedFlush);
    partition.advanceTime(context.currentSystemTimeMs());
    CreditEngine engine = partition.engine();
    for (RejectedRecord rejected : engine.takeRejected()) {
      Record<byte[], Object> record = record(rejected.origin().key(), rejected);
      context.forward(record.withHeaders(RejectedHeaders.of(rejected, context.applicationId())));
    }
    if (!hasCommitFlushed && partition.needsFlush(context.currentSystemTimeMs())) {
      flush();
    }
    hasCommitFlushed = false;
    partition.updateFreshness();
  }

  private Record<byte[], Object> record(byte[] key, Object value) {
    return new Record<>(key, value, context.currentSystemTimeMs());
  }
}
