package io.creditflow.cluster;

import io.creditflow.quickstart.broker.BrokerListener;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.broker.NodeConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The main class of a Kafka node. Arguments: directory, node id, cluster id, client port, ports of
 * all controllers, and for each listener its name, port and advertised port.
 */
public final class BrokerMain {
  private static final int LISTENERS_FROM = 5;

  private BrokerMain() {}

  /** The arguments for a node whose data is in this directory. */
  static String[] arguments(Path directory, NodeConfig node) {
    List<String> listeners =
        node.listeners().stream()
            .map(
                listener ->
                    listener.name() + ":" + listener.port() + ":" + listener.advertisedPort())
            .toList();
    String[] arguments = new String[LISTENERS_FROM + listeners.size()];
    arguments[0] = directory.toString();
    arguments[1] = Integer.toString(node.nodeId());
    arguments[2] = node.clusterId();
    arguments[3] = Integer.toString(node.clientPort());
    arguments[4] =
        node.controllerPorts().stream().map(String::valueOf).collect(Collectors.joining(","));
    for (int number = 0; number < listeners.size(); number++) {
      arguments[LISTENERS_FROM + number] = listeners.get(number);
    }
    return arguments;
  }

  public static void main(String[] arguments) throws InterruptedException {
    NodeConfig node =
        new NodeConfig(
            Integer.parseInt(arguments[1]),
            arguments[2],
            Integer.parseInt(arguments[3]),
            Arrays.stream(arguments[4].split(",")).map(Integer::valueOf).toList(),
            Arrays.stream(arguments).skip(LISTENERS_FROM).map(BrokerMain::listener).toList());
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), node);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    Thread.currentThread().join();
  }

  private static BrokerListener listener(String text) {
    String[] parts = text.split(":", -1);
    return new BrokerListener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
