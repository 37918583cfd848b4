package io.creditflow.local;

import io.creditflow.query.CreditQueries;
import java.time.Instant;
import java.util.function.Function;

/** The state of the partitions that this process holds, as owner or as standby. */
public interface LocalState {
  /**
   * Runs one query over one consistent view of a partition.
   *
   * @throws PartitionNotLocalException if this process holds no readable copy of the partition
   */
  <T> Reading<T> read(int partition, Function<CreditQueries, T> query);

  /**
   * The progress of a partition, and the number of its records by topic and outcome.
   *
   * @throws PartitionNotLocalException if this process holds no readable copy of the partition
   */
  PartitionProgress progress(int partition);

  /**
   * The result of a query.
   *
   * @param asOf the append time before which every record on the partition is reflected
   */
  record Reading<T>(T value, Instant asOf) {}
}
