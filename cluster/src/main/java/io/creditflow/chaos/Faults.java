package io.creditflow.chaos;

import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.Instance;
import io.creditflow.cluster.Node;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Breaks the cluster and puts it right again. */
final class Faults {
  private final Cluster cluster;
  private int slowStops;

  Faults(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Clean stops that took ten seconds or more. */
  int slowStops() {
    return slowStops;
  }

  void begin(Fault fault) {
    Instance instance = cluster.instance(fault.target() % cluster.instances().size());
    Node broker = cluster.brokers().get(fault.target() % cluster.brokers().size());
    switch (fault.kind()) {
      case INSTANCE_KILLED -> instance.kill();
      case INSTANCE_FROZEN -> instance.freeze();
      case INSTANCE_RESTARTED -> stop(instance);
      case STATE_DELETED -> {
        instance.kill();
        instance.wipe();
      }
      case DISK_FULL -> instance.limitFileSize(1);
      case INSTANCES_KILLED -> cluster.instances().forEach(Node::kill);
      case SCALED_DOWN ->
          cluster.instances().stream().filter(one -> one != instance).forEach(this::stop);
      case BROKER_KILLED -> broker.kill();
      case CONTROLLER_KILLED -> controller(broker).kill();
      case BROKER_FROZEN -> broker.freeze();
      case BROKER_RESTARTED -> broker.stop();
      case BROKERS_KILLED ->
          cluster.brokers().stream().filter(one -> one != broker).forEach(Node::kill);
      case REGISTRY_AWAY -> cluster.registry().kill();
      case INSTANCE_AND_BROKER_KILLED -> {
        instance.kill();
        broker.kill();
      }
    }
  }

  /** Everything that is not running is started, everything frozen thawed. */
  void heal() {
    for (Node node : cluster.nodes()) {
      node.thaw();
      node.start();
    }
    cluster.instances().forEach(instance -> instance.limitFileSize(-1));
  }

  private void stop(Instance instance) {
    if (!instance.stop()) {
      slowStops++;
    }
  }

  /** The broker that leads the metadata quorum; another if nobody can say. */
  private Node controller(Node otherwise) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      int leader = admin.describeMetadataQuorum().quorumInfo().get(5, TimeUnit.SECONDS).leaderId();
      List<Node> brokers = cluster.brokers();
      return leader >= 1 && leader <= brokers.size() ? brokers.get(leader - 1) : otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException | TimeoutException e) {
      return otherwise;
    }
  }
}
