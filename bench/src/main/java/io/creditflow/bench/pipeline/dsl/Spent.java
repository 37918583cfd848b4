package io.creditflow.bench.pipeline.dsl;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Leads sourced and phones revealed, of one event or of many: what the aggregations add up.
 *
 * @param leads one credit each
 * @param phones one credit each
 */
record Spent(long leads, long phones) {
  static final Spent NOTHING = new Spent(0, 0);

  Spent plus(Spent other) {
    return new Spent(leads + other.leads, phones + other.phones);
  }

  long credits() {
    return leads + phones;
  }

  /** Sixteen bytes, not JSON as in the tutorials: cheaper than its authors would have it. */
  static Serde<Spent> serde() {
    return Serdes.serdeFrom(
        (topic, spent) ->
            spent == null
                ? null
                : ByteBuffer.allocate(16).putLong(spent.leads).putLong(spent.phones).array(),
        (topic, bytes) ->
            bytes == null
                ? null
                : new Spent(ByteBuffer.wrap(bytes).getLong(0), ByteBuffer.wrap(bytes).getLong(8)));
  }
}
