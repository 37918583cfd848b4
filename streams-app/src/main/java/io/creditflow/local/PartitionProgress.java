package io.creditflow.local;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The progress of a partition, and the number of its records since the beginning of the topics, by
 * topic and outcome. For each topic, received = applied + repeated + rejected + waiting.
 *
 * @param asOf the append time before which every record of the partition is reflected
 * @param topics the counts of each input topic
 */
public record PartitionProgress(Instant asOf, List<TopicCounts> topics) {

  /**
   * The counts of one topic of the partition, in records.
   *
   * @param received records that were read, each counted once
   * @param applied events that were counted
   * @param repeated exact duplicates of events that were applied before
   * @param rejected rejected records by reason. Every reason has an entry, because Prometheus
   *     misses the first increase of a counter that it has not seen at 0
   * @param waiting reversals whose usage event has not arrived
   * @param unreceived the number of records that the topic holds below the position up to which it
   *     was read, minus the received records. If the number is not 0, either the product has a
   *     defect or an unclean leader election changed records that had been read
   *     (docs/operations.md, CreditflowEventsMissing)
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
