package io.creditflow.event;

/**
 * Where a record came from, and its bytes as they came.
 *
 * @param appendedAt the broker's append time, milliseconds since 1970: its arrival, on a replay too
 * @param key may be null
 * @param value may be null
 */
public record Origin(
    String topic, int partition, long offset, long appendedAt, byte[] key, byte[] value) {}
