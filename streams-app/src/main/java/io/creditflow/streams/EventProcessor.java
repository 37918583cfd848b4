package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.RecordOutcome;
import io.creditflow.event.Event;
import io.creditflow.event.RejectedRecord;
import io.creditflow.event.Rejection;
import io.creditflow.event.Rejection.Omitted;
import io.creditflow.event.SourceRecord;
import io.creditflow.schemas.DecodedEvent;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.UndecodableException;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decodes each record and passes it to the engine. Forwards rejected records at once, and requests
 * a flush after a change. Opens the partition when the task starts, and releases it when the task
 * is closed or recycled to a standby task.
 */
final class EventProcessor implements FixedKeyProcessor<byte[], byte[], Object> {
  /**
   * The maximum size of record values that a task holds in memory, in bytes. Beyond it the task
   * flushes before the commit. Ordinary records stay far below it.
   */
  private static final long BYTES_IN_MEMORY_MAX = 8L << 20;

  private static final Duration OPENING_INTERVAL = Duration.ofMillis(10);

  private final TaskContext taskContext;
  private final EventDecoder decoder;
  private FixedKeyProcessorContext<byte[], Object> context;
  private OwnedPartition partition;
  private Cancellable opening;

  EventProcessor(TaskContext taskContext) {
    this.taskContext = taskContext;
    decoder = new EventDecoder(taskContext.registry());
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Object> newContext) {
    context = newContext;
    partition =
        OwnedPartition.open(
            taskContext, context.taskId(), context.getStateStore(CreditTopology.STATE_STORE));
    opening =
        context.schedule(OPENING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> finishOpening());
  }

  private void finishOpening() {
    if (partition.finishOpening()) {
      opening.cancel();
    }
  }

  @Override
  public void close() {
    partition.release();
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    if (!partition.isCounting() || !isToBeCounted(metadata, record.timestamp())) {
      return;
    }
    partition.onRecord(metadata);
    CreditEngine engine = partition.engine();
    SourceRecord origin =
        new SourceRecord(
            metadata.topic(),
            metadata.partition(),
            metadata.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            RejectedHeaders.own(record.headers()));
    count(engine, origin, EventType.ofTopic(metadata.topic()).orElseThrow());
    for (RejectedRecord rejected : engine.takeRejected()) {
      context.forward(
          record
              .withValue((Object) rejected)
              .withHeaders(RejectedHeaders.of(rejected, context.applicationId())));
    }
    if (record.key() == null) {
      // A KTable drops records without a key, so a trigger would be lost: flush at once.
      engine.flush();
    } else if (partition.requestFlush()) {
      // With the record's own timestamp, a KTable would log a warning for each older timestamp.
      context.forward(
          record
              .withValue((Object) FlushTrigger.CHANGED)
              .withTimestamp(context.currentSystemTimeMs()));
    } else if (engine.unflushedRecords() >= taskContext.postingsInMemoryMax()
        || engine.unflushedBytes() >= BYTES_IN_MEMORY_MAX) {
      engine.flush();
    }
  }

  private boolean isToBeCounted(RecordMetadata metadata, long appendedAt) {
    return switch (partition.filter().decide(metadata.topic(), metadata.offset(), appendedAt)) {
      case COUNT -> true;
      case ALREADY_COUNTED -> {
        taskContext.redelivered().increment();
        yield false;
      }
      case TOO_EARLY -> false;
      case LOST -> {
        partition.engine().flush();
        partition.halt(
            "%s-%d was counted up to offset %d, and the topic now begins after it (next record: %d)"
                .formatted(
                    metadata.topic(),
                    metadata.partition(),
                    partition.engine().positions().get(metadata.topic()).nextOffset(),
                    metadata.offset()));
        yield false;
      }
    };
  }

  private void count(CreditEngine engine, SourceRecord origin, EventType type) {
    long bytesMax = taskContext.engineConfig().acceptance().recordBytesMax();
    if (origin.bytes() > bytesMax) {
      engine.rejectUndecoded(origin.withoutValue(bytesMax), tooLarge(origin, bytesMax));
      return;
    }
    DecodedEvent decoded;
    try {
      decoded = taskContext.registryWait().until(() -> decoder.decode(origin.value(), type));
    } catch (UndecodableException bad) {
      String detail = bad.getMessage() + SchemaIdHeader.hint(origin.headers());
      engine.rejectUndecoded(
          origin, new Rejection(Rejection.Reason.valueOf(bad.reason().name()), detail));
      return;
    }
    Event event = Event.of(decoded.event(), decoded.fingerprint());
    RecordOutcome outcome = engine.accept(origin, event);
    if (outcome == RecordOutcome.APPLIED || outcome == RecordOutcome.WAITING) {
      taskContext.ages().record(type, event.occurredAt(), origin.appendedAt());
    }
  }

  private static Rejection tooLarge(SourceRecord origin, long bytesMax) {
    return new Rejection(
        Rejection.Reason.INVALID,
        "the record has %d bytes unpacked, creditflow.limit.record-bytes is %d; its value is left out"
            .formatted(origin.bytes(), bytesMax),
        Omitted.of(origin.value()));
  }
}
