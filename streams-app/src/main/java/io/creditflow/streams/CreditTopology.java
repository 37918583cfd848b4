package io.creditflow.streams;

import io.creditflow.alert.Alert;
import io.creditflow.event.RejectedRecord;
import io.creditflow.schemas.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * The way of an event, on one screen. All inputs are keyed by workspace and partitioned alike, so
 * one task sees everything of a workspace: no repartitioning, and one transaction holds the
 * offsets, the state and whatever was rejected.
 *
 * <pre>
 * inputs -> count  (decode, validate, once, post: in memory) -> rejected-events
 *              |
 *              +-> trigger, held by a cached table until the commit -> flush (state)
 *                                                        -> rejected-events, credit-alerts
 * </pre>
 *
 * The trigger is what ties the flush to the commit: Kafka Streams empties record caches inside the
 * transaction, on a normal commit, a revocation and a clean close alike, and no public hook does
 * that (docs/decisions/0002).
 */
public final class CreditTopology {
  /** The one store of the product: everything counted, in one order and one changelog. */
  public static final String STATE_STORE = "credit-state";

  static final String PARTITION = "partition";
  private static final String FLUSH_TRIGGER = "flush-trigger";

  private CreditTopology() {}

  /** Builds the topology; every task gets its own partition state and store. */
  public static Topology build(TaskContext taskContext) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(CreditStateStore.builder());
    builder.addStateStore(new OwnedPartitionBuilder(taskContext));

    Serde<byte[]> bytes = Serdes.ByteArray();
    KStream<byte[], Object> counted =
        builder.stream(Topics.INPUTS, inputs())
            .processValues(
                () -> new EventProcessor(taskContext), Named.as("count"), STATE_STORE, PARTITION);

    counted
        .filter(
            (key, outcome) -> outcome instanceof RejectedRecord, Named.as("rejected-on-arrival"))
        .mapValues(
            outcome -> ((RejectedRecord) outcome).origin().value(), Named.as("rejected-value"))
        .to(Topics.REJECTED_EVENTS, Produced.with(bytes, bytes).withName("reject-on-arrival"));

    KStream<byte[], Object> flushed =
        counted
            .filter((key, outcome) -> outcome instanceof FlushTrigger, Named.as("changed"))
            .mapValues(outcome -> FlushTrigger.BYTES, Named.as("flush-trigger-bytes"))
            .toTable(
                Named.as("hold-until-commit"),
                Materialized.<byte[], byte[]>as(Stores.inMemoryKeyValueStore(FLUSH_TRIGGER))
                    .withKeySerde(bytes)
                    .withValueSerde(bytes)
                    .withCachingEnabled()
                    .withLoggingDisabled())
            .toStream(Named.as("committing"))
            .process(
                () -> new FlushProcessor(taskContext), Named.as("flush"), STATE_STORE, PARTITION);

    flushed
        .filter((key, outcome) -> outcome instanceof RejectedRecord, Named.as("rejected-later"))
        .mapValues(
            outcome -> ((RejectedRecord) outcome).origin().value(),
            Named.as("rejected-later-value"))
        .to(Topics.REJECTED_EVENTS, Produced.with(bytes, bytes).withName("reject-later"));

    flushed
        .filter((key, outcome) -> outcome instanceof Alert, Named.as("alerts"))
        .mapValues(outcome -> AlertRecord.of((Alert) outcome), Named.as("alert-records"))
        .to(
            Topics.CREDIT_ALERTS,
            Produced.with(bytes, new AlertSerde(taskContext)).withName("raise-alerts"));

    return builder.build();
  }

  /**
   * The policy makes Kafka Streams send the consumer itself where an offset is not there any more,
   * in place of the consumer's own silent jump.
   */
  private static Consumed<byte[], byte[]> inputs() {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
        .withName("inputs")
        .withOffsetResetPolicy(AutoOffsetReset.earliest());
  }
}
