package io.creditflow.streams;

import io.creditflow.event.RejectedRecord;
import io.creditflow.events.CreditAlert;
import io.creditflow.schemas.AvroEventSerializer;
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
 * The topology. All input topics are keyed by workspace and partitioned alike, so one task
 * processes all events of a workspace. No repartitioning is needed, and one transaction holds the
 * offsets, the state and the rejected records.
 *
 * <pre>
 * inputs -> count  (decode, validate, deduplicate, post: in memory) -> rejected-events
 *              |
 *              +-> trigger, held by a cached table until the commit -> flush (state)
 *                                                        -> rejected-events, credit-alerts
 * </pre>
 *
 * The trigger ties the flush to the commit: Kafka Streams flushes record caches inside the
 * transaction, on a normal commit, on a revocation and on a clean close. Kafka Streams has no
 * public callback that runs in all three cases (docs/decisions/0002).
 */
public final class CreditTopology {
  /** The only state store with a changelog: it holds all rows of a partition, ordered by key. */
  public static final String STATE_STORE = "credit-state";

  private static final String FLUSH_TRIGGER = "flush-trigger";

  private CreditTopology() {}

  /** Builds the topology; every task gets its own store. */
  public static Topology build(TaskContext taskContext) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(CreditStateStore.builder());

    Serde<byte[]> bytes = Serdes.ByteArray();
    KStream<byte[], Object> counted =
        builder.stream(Topics.INPUTS, inputs())
            .processValues(() -> new EventProcessor(taskContext), Named.as("count"), STATE_STORE);

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
            .process(() -> new FlushProcessor(taskContext), Named.as("flush"), STATE_STORE);

    flushed
        .filter((key, outcome) -> outcome instanceof RejectedRecord, Named.as("rejected-later"))
        .mapValues(
            outcome -> ((RejectedRecord) outcome).origin().value(),
            Named.as("rejected-later-value"))
        .to(Topics.REJECTED_EVENTS, Produced.with(bytes, bytes).withName("reject-later"));

    flushed
        .filter((key, outcome) -> outcome instanceof CreditAlert, Named.as("alerts"))
        .mapValues(outcome -> (CreditAlert) outcome, Named.as("alert-records"))
        .to(
            Topics.CREDIT_ALERTS,
            Produced.with(bytes, alerts(taskContext)).withName("raise-alerts"));

    return builder.build();
  }

  /**
   * Serializes alerts. Waits while the schema registry is unavailable, as the event processor does.
   * Cannot read any, because the topology does not.
   */
  private static Serde<CreditAlert> alerts(TaskContext taskContext) {
    AvroEventSerializer avro = new AvroEventSerializer(taskContext.registry());
    return Serdes.serdeFrom(
        (topic, alert) -> taskContext.registryWait().until(() -> avro.serialize(topic, alert)),
        (topic, unread) -> {
          throw new UnsupportedOperationException("alerts are written, not read");
        });
  }

  /**
   * The input topics. If the committed offset is missing or out of range, this reset policy makes
   * Kafka Streams seek the consumer explicitly. Without the policy, the consumer would reset its
   * position by itself, unnoticed by {@link InputPositions}.
   */
  private static Consumed<byte[], byte[]> inputs() {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
        .withName("inputs")
        .withOffsetResetPolicy(AutoOffsetReset.earliest());
  }
}
