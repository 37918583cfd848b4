package io.creditflow.cluster;

import java.util.Map;

/**
 * The size and settings of a cluster.
 *
 * @param brokers 1 or 3; with 3, every topic has 3 replicas and min.insync.replicas is 2
 * @param instances maximum number of instances; the caller starts each of them
 * @param settings additional {@code CREDITFLOW_} variables for every instance
 * @param supportsFaults whether faults can be injected: instances reach brokers through {@link
 *     TcpProxy}s, and clocks and disks are simulated
 */
public record ClusterPlan(
    int brokers,
    int instances,
    int partitions,
    Map<String, String> settings,
    boolean supportsFaults) {

  public static ClusterPlan of(int brokers, int instances, int partitions) {
    return new ClusterPlan(brokers, instances, partitions, Map.of(), false);
  }

  /** The same plan, with fault injection. */
  public ClusterPlan withFaultInjection() {
    return new ClusterPlan(brokers, instances, partitions, settings, true);
  }
}
