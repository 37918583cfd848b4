package io.creditflow.local;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far a partition has been counted, and what became of every record since its beginning:
 * received = applied + repeated + rejected + waiting, of each topic.
 *
 * @param asOf the append time before which every record on the partition is reflected
 */
public record PartitionProgress(Instant asOf, List<TopicCounts> topics) {

  /**
   * One topic's part of it.
   *
   * @param repeated identical repeats of what was applied before
   * @param rejected by reason, all there are: a counter must be seen at 0 for its first step to
   *     show
   * @param waiting reversals whose event has not arrived
   * @param unreceived records that the topic holds up to where it was read, less those received;
   *     anything but 0 is a fault of the product
   */
  public record TopicCounts(
      String topic,
      long received,
      long applied,
      long repeated,
      Map<String, Long> rejected,
      long waiting,
      long unreceived) {}
}
