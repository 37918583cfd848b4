package io.creditflow.cluster;

import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param brokers 1 or 3; with 3 every topic has 3 replicas, 2 of which must be in step
 * @param instances how many there may be; each is started by itself
 * @param settings further {@code CREDITFLOW_} variables for every instance
 * @param breakable whether instances reach brokers by {@link TcpProxy}s, and their clocks and disks
 *     can be meddled with
 */
public record ClusterPlan(
    int brokers, int instances, int partitions, Map<String, String> settings, boolean breakable) {

  public static ClusterPlan of(int brokers, int instances, int partitions) {
    return new ClusterPlan(brokers, instances, partitions, Map.of(), false);
  }

  /** The same, with everything that can be broken. */
  public ClusterPlan withLinks() {
    return new ClusterPlan(brokers, instances, partitions, settings, true);
  }
}
