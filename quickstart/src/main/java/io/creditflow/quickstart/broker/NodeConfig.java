package io.creditflow.quickstart.broker;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node's place among the nodes of one cluster, all on 127.0.0.1.
 *
 * @param nodeId counted from 1
 * @param clusterId written into a new directory
 * @param controllerPorts of all nodes, in the order of their ids
 * @param listeners further ways in
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

  /** As {@code controller.quorum.voters} has it. */
  String voters() {
    return IntStream.rangeClosed(1, controllerPorts.size())
        .mapToObj(id -> id + "@" + EmbeddedBroker.HOST + ":" + controllerPorts.get(id - 1))
        .collect(Collectors.joining(","));
  }

  /** One node replicates nothing; of three, one may be away. */
  int replicas() {
    return Math.min(3, controllerPorts.size());
  }

  int replicasInStep() {
    return replicas() == 3 ? 2 : 1;
  }
}
