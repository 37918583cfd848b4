package io.creditflow.api.ops;

import java.util.List;

/**
 * How far the group is behind ({@code GET /v1/ops/lag}).
 *
 * @param status the worst of its partitions'
 * @param maxLag records
 * @param maxLagSeconds age of the oldest unprocessed record; null if it is not known
 */
public record LagReport(
    String group, String status, long maxLag, Long maxLagSeconds, List<PartitionLag> partitions) {

  /**
   * One partition of one topic.
   *
   * @param committedOffset null if nothing was committed yet
   * @param endOffset null if no broker leads the partition
   * @param lag records not processed yet; null with endOffset
   * @param lagSeconds since the oldest of them arrived; 0 without lag, null if it is not known
   * @param owner the instance that processes it, {@code host:port}; null if nobody does
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
