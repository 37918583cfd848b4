package io.creditflow.api.ops;

import java.util.List;

/**
 * The lag of the consumer group ({@code GET /v1/ops/lag}).
 *
 * @param status the worst {@link LagStatus} of any partition
 * @param maxLag the largest lag of any partition, in records
 * @param maxLagSeconds the age of the oldest unprocessed record, in seconds; null if it is unknown
 */
public record LagReport(
    String group, String status, long maxLag, Long maxLagSeconds, List<PartitionLag> partitions) {

  /**
   * The lag of one partition of one topic.
   *
   * @param committedOffset the committed offset of the group; null if there is none
   * @param endOffset the end offset; null if the partition has no leader
   * @param lag the number of unprocessed records; null if endOffset is null
   * @param lagSeconds the age of the oldest of them, in seconds; 0 without lag, null if it is
   *     unknown
   * @param status the {@link LagStatus} of the partition
   * @param owner the instance that owns the partition, {@code host:port}; null if there is none
   */
  public record PartitionLag(
      String topic,
      int partition,
      Long committedOffset,
      Long endOffset,
      Long lag,
      Long lagSeconds,
      String status,
      String owner) {}
}
