package io.creditflow.cluster;

import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param brokers 1 or 3; with 3 every topic has 3 replicas, 2 of which must be in step
 * @param instances how many there may be; each is started by itself
 * @param settings further {@code CREDITFLOW_} variables for every instance
 * @param breakable whether instances reach brokers by {@link Link}s, and their clocks and disks can
 *     be meddled with
 */
public record ClusterPlan(
    int brokers, int instances, int partitions, Map<String, String> settings, boolean breakable) {

  /**
   * An instance that is gone is missed sooner than as shipped; 6 s is the least that brokers allow.
   */
  private static final Map<String, String> MISSED_SOON =
      Map.of(
          "CREDITFLOW_KAFKA_MAIN_CONSUMER_SESSION_TIMEOUT_MS", "6000",
          "CREDITFLOW_KAFKA_MAIN_CONSUMER_HEARTBEAT_INTERVAL_MS", "1000");

  public static ClusterPlan of(int brokers, int instances, int partitions) {
    return new ClusterPlan(brokers, instances, partitions, MISSED_SOON, false);
  }

  /** The same with the product's own settings. */
  public ClusterPlan asShipped() {
    return new ClusterPlan(brokers, instances, partitions, Map.of(), breakable);
  }

  /** The same, with everything that can be broken. */
  public ClusterPlan withLinks() {
    return new ClusterPlan(brokers, instances, partitions, settings, true);
  }
}
