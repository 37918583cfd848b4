package io.creditflow.books;

import io.creditflow.answer.CreditQueries;
import java.time.Instant;
import java.util.function.Function;

/** The books of the partitions that this process holds, as owner or as standby. */
public interface LocalBooks {
  /**
   * Runs one query over one consistent view of a partition.
   *
   * @throws NotHereException if this process holds no readable copy of the partition
   */
  <T> Reading<T> read(int partition, Function<CreditQueries, T> query);

  /**
   * How far a partition has been counted, and what became of its records.
   *
   * @throws NotHereException if this process holds no readable copy of the partition
   */
  Standing standing(int partition);

  /**
   * What was read.
   *
   * @param asOf the append time before which every record on the partition is reflected
   */
  record Reading<T>(T value, Instant asOf) {}
}
