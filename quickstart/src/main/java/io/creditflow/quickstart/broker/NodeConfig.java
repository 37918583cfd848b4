package io.creditflow.quickstart.broker;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The configuration of one node of a cluster whose nodes all listen on 127.0.0.1.
 *
 * @param nodeId the node's id, counted from 1
 * @param clusterId the cluster id that is written into a new directory
 * @param clientPort the port for clients
 * @param controllerPorts the controller ports of all nodes, in the order of their ids
 * @param listeners additional listeners for clients
 */
public record NodeConfig(
    int nodeId,
    String clusterId,
    int clientPort,
    List<Integer> controllerPorts,
    List<BrokerListener> listeners) {

  boolean isAlone() {
    return controllerPorts.size() == 1;
  }

  int controllerPort() {
    return controllerPorts.get(nodeId - 1);
  }

  /** The value of {@code controller.quorum.voters}. */
  String voters() {
    return IntStream.rangeClosed(1, controllerPorts.size())
        .mapToObj(id -> id + "@" + EmbeddedBroker.HOST + ":" + controllerPorts.get(id - 1))
        .collect(Collectors.joining(","));
  }

  /** The replication factor: 1 for one node, 3 for three nodes, of which one may be down. */
  int replicas() {
    return Math.min(3, controllerPorts.size());
  }

  int inSyncReplicasMin() {
    return replicas() == 3 ? 2 : 1;
  }
}
