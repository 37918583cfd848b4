package io.creditflow.pipeline;

import io.creditflow.alert.Alert;
import io.creditflow.event.Rejected;
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
 * offsets, the books and whatever was rejected.
 *
 * <pre>
 * inputs -> intake (decode, validate, once, post: in memory) -> rejected-events
 *              |
 *              +-> tick, held by a cached table until the commit -> flush (books)
 *                                                        -> rejected-events, credit-alerts
 * </pre>
 *
 * The tick is what ties the flush to the commit: Kafka Streams empties record caches inside the
 * transaction, on a normal commit, a revocation and a clean close alike, and no public hook does
 * that (docs/decisions/0002).
 */
public final class CreditTopology {
  /** The one store of the product: everything counted, in one order and one changelog. */
  public static final String BOOKS = "books";

  static final String PARTITION = "partition";
  private static final String TICK = "tick";

  private CreditTopology() {}

  /** Builds the topology; every task gets its own partition state and books. */
  public static Topology build(Workshop workshop) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(BooksStore.builder());
    builder.addStateStore(new PartitionStateBuilder(workshop));

    Serde<byte[]> bytes = Serdes.ByteArray();
    KStream<byte[], Object> counted =
        builder.stream(Topics.INPUTS, inputs())
            .processValues(() -> new Intake(workshop), Named.as("intake"), BOOKS, PARTITION);

    counted
        .filter((key, outcome) -> outcome instanceof Rejected, Named.as("rejected-on-arrival"))
        .mapValues(outcome -> ((Rejected) outcome).origin().value(), Named.as("as-it-came"))
        .to(Topics.REJECTED_EVENTS, Produced.with(bytes, bytes).withName("reject-on-arrival"));

    KStream<byte[], Object> flushed =
        counted
            .filter((key, outcome) -> outcome instanceof Tick, Named.as("changed"))
            .mapValues(outcome -> Tick.BYTES, Named.as("tick-bytes"))
            .toTable(
                Named.as("until-commit"),
                Materialized.<byte[], byte[]>as(Stores.inMemoryKeyValueStore(TICK))
                    .withKeySerde(bytes)
                    .withValueSerde(bytes)
                    .withCachingEnabled()
                    .withLoggingDisabled())
            .toStream(Named.as("committing"))
            .process(() -> new FlushOnCommit(workshop), Named.as("flush"), BOOKS, PARTITION);

    flushed
        .filter((key, outcome) -> outcome instanceof Rejected, Named.as("rejected-later"))
        .mapValues(outcome -> ((Rejected) outcome).origin().value(), Named.as("as-it-had-come"))
        .to(Topics.REJECTED_EVENTS, Produced.with(bytes, bytes).withName("reject-later"));

    flushed
        .filter((key, outcome) -> outcome instanceof Alert, Named.as("alerts"))
        .mapValues(outcome -> AlertRecord.of((Alert) outcome), Named.as("alert-records"))
        .to(
            Topics.CREDIT_ALERTS,
            Produced.with(bytes, new AlertSerde(workshop)).withName("raise-alerts"));

    return builder.build();
  }

  /**
   * The policy makes Kafka Streams send the consumer itself where an offset is not there any more,
   * in place of the consumer's own jump that nobody is told of.
   */
  private static Consumed<byte[], byte[]> inputs() {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
        .withName("inputs")
        .withOffsetResetPolicy(AutoOffsetReset.earliest());
  }
}
