package io.creditflow.chaos;

import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.cluster.TcpProxy;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Injects faults into the cluster and repairs it. */
final class FaultInjector {
  /** How long a restart waits until the instance is ready. */
  private static final Duration RESTART_PATIENCE = Duration.ofSeconds(8);

  private final Cluster cluster;
  private final LeadSchemaVersions versions;
  private final BrokerAdmin brokers;
  private int stops;
  private int slowStops;

  FaultInjector(Cluster cluster, LeadSchemaVersions versions) {
    this.cluster = cluster;
    this.versions = versions;
    brokers = new BrokerAdmin(cluster.bootstrapServers(), cluster.brokers().size());
  }

  /**
   * The kinds of faults that this machine supports and that fit into a run of this length. Prints
   * why others are left out.
   */
  List<Fault.Kind> kinds(Set<Fault.Kind> among, Duration length, Consumer<String> out) {
    Set<Fault.Kind> kinds = EnumSet.copyOf(among);
    kinds.stream()
        .filter(kind -> !kind.fitsInto(length))
        .forEach(kind -> out.accept("the run is too short for: " + kind.description));
    kinds.removeIf(kind -> !kind.fitsInto(length));
    if (!cluster.instance(0).canSetClock()) {
      kinds.removeAll(List.of(Fault.Kind.INSTANCE_CLOCK_WRONG, Fault.Kind.BROKER_CLOCK_AHEAD));
      out.accept("no clock faults: libfaketime is missing (Debian: apt-get install libfaketime)");
    }
    if (!cluster.instance(0).canBreakDisk()) {
      kinds.removeAll(
          List.of(Fault.Kind.DISK_SLOW, Fault.Kind.DISK_FULL, Fault.Kind.STARTED_ON_FULL_DISK));
      out.accept("no disk faults: a C compiler is missing (Debian: apt-get install gcc libc6-dev)");
    }
    return List.copyOf(kinds);
  }

  int stops() {
    return stops;
  }

  /** Clean stops that took ten seconds or more. */
  int slowStops() {
    return slowStops;
  }

  void begin(Fault fault) {
    InstanceProcess instance = cluster.instance(fault.target() % cluster.instances().size());
    ClusterProcess broker = cluster.brokers().get(fault.target() % cluster.brokers().size());
    switch (fault.kind()) {
      case INSTANCE_KILLED -> instance.kill();
      case INSTANCE_FROZEN -> instance.freeze();
      case INSTANCE_RESTARTED -> stop(instance);
      case STATE_DELETED -> {
        instance.kill();
        instance.wipe();
      }
      case DISK_FULL -> instance.setDiskFull(true);
      case STARTED_ON_FULL_DISK -> {
        stop(instance);
        instance.setDiskFull(true);
        instance.start();
      }
      case INSTANCES_KILLED -> cluster.instances().forEach(ClusterProcess::kill);
      case SCALED_DOWN ->
          cluster.instances().stream().filter(one -> one != instance).forEach(this::stop);
      case BROKER_KILLED -> broker.kill();
      case CONTROLLER_KILLED -> broker(brokers.controller(), broker).kill();
      case BROKER_FROZEN -> broker.freeze();
      case BROKER_RESTARTED -> broker.stop();
      case BROKERS_KILLED ->
          cluster.brokers().stream().filter(one -> one != broker).forEach(ClusterProcess::kill);
      case BROKERS_STOPPED -> stopAtOnce(cluster.brokers());
      case BROKERS_UNREACHABLE ->
          cluster.instances().stream()
              .flatMap(one -> one.proxies().stream())
              .forEach(TcpProxy::cut);
      case REGISTRY_AWAY -> cluster.registry().kill();
      case NETWORK_CUT -> instance.proxies().forEach(TcpProxy::cut);
      case NETWORK_SILENT -> instance.proxies().forEach(TcpProxy::silence);
      case BROKER_UNREACHABLE ->
          instance
              .proxies()
              .get(Math.floorMod(fault.lastsMillis(), instance.proxies().size()))
              .silence();
      case DISK_SLOW -> instance.setDiskSlow(true);
      case INSTANCE_CLOCK_WRONG -> {
        stop(instance);
        instance.setNextClockAhead(Duration.ofSeconds(fault.clockAheadSeconds()));
        instance.start();
      }
      case BROKER_CLOCK_AHEAD -> {
        broker.stop();
        broker.setNextClockAhead(Duration.ofSeconds(Math.abs(fault.clockAheadSeconds())));
        broker.start();
      }
      case COORDINATOR_FROZEN -> broker(brokers.coordinator(), broker).freeze();
      case PARTITION_WITHOUT_LEADER -> {
        int partition = Math.floorMod(fault.lastsMillis(), cluster.partitions());
        brokers.keepOnly(partition, cluster.brokers().indexOf(broker) + 1);
        broker.stop();
      }
      case NAME_TAKEN ->
          cluster.namesakes().get(fault.target() % cluster.namesakes().size()).start();
      case ROLLING_UPGRADE -> {
        versions.registerNext();
        cluster.instances().forEach(this::restart);
      }
      case INSTANCE_AND_BROKER_KILLED -> {
        instance.kill();
        broker.kill();
      }
    }
  }

  /** Ends all faults: starts and thaws processes, and restores disks, network and replicas. */
  void heal() {
    cluster.namesakes().forEach(ClusterProcess::kill);
    cluster.brokers().stream().filter(ClusterProcess::isClockWrong).forEach(ClusterProcess::stop);
    for (ClusterProcess node : cluster.nodes()) {
      node.thaw();
      node.start();
    }
    for (InstanceProcess instance : cluster.instances()) {
      instance.setDiskFull(false);
      instance.setDiskSlow(false);
      instance.proxies().forEach(TcpProxy::restore);
    }
    brokers.replicateAgain();
  }

  /** Waits until all partitions are replicated, so that the brokers can acknowledge all records. */
  void awaitReplicated() {
    brokers.awaitReplicated();
  }

  /**
   * Restarts instances with a wrong clock. The auditor queries past instants, which an instance
   * with a slow clock would refuse as future.
   */
  void setClocksRight() {
    cluster.instances().stream().filter(InstanceProcess::isClockWrong).forEach(this::restart);
  }

  private void restart(InstanceProcess instance) {
    stop(instance);
    instance.start();
    long deadline = System.nanoTime() + RESTART_PATIENCE.toNanos();
    while (!instance.isReady() && System.nanoTime() < deadline) {
      Await.pause(100);
    }
  }

  private void stop(InstanceProcess instance) {
    stops += instance.isRunning() ? 1 : 0;
    if (!instance.stop()) {
      slowStops++;
    }
  }

  /**
   * Stops all nodes at the same time. A broker that finds no other to take over its partitions is
   * killed.
   */
  private static void stopAtOnce(List<ClusterProcess> nodes) {
    CompletableFuture.allOf(
            nodes.stream()
                .map(node -> CompletableFuture.runAsync(node::stop))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /**
   * @param nodeId the broker's node id, counted from 1; empty if unknown
   * @param otherwise the broker to return if the id is unknown
   */
  private ClusterProcess broker(OptionalInt nodeId, ClusterProcess otherwise) {
    List<ClusterProcess> all = cluster.brokers();
    return nodeId.isPresent() && nodeId.getAsInt() <= all.size()
        ? all.get(nodeId.getAsInt() - 1)
        : otherwise;
  }
}
