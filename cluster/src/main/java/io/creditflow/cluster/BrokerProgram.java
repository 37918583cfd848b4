package io.creditflow.cluster;

import io.creditflow.quickstart.broker.Door;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.broker.Seat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Kafka node as a program: directory, node id, cluster id, client port, all controllers' ports,
 * and for each door name, port and advertised port.
 */
public final class BrokerProgram {
  private static final int DOORS_FROM = 5;

  private BrokerProgram() {}

  /** The arguments for a node in this directory. */
  static String[] arguments(Path directory, Seat seat) {
    List<String> doors =
        seat.doors().stream()
            .map(door -> door.name() + ":" + door.port() + ":" + door.advertisedPort())
            .toList();
    String[] arguments = new String[DOORS_FROM + doors.size()];
    arguments[0] = directory.toString();
    arguments[1] = Integer.toString(seat.nodeId());
    arguments[2] = seat.clusterId();
    arguments[3] = Integer.toString(seat.clientPort());
    arguments[4] =
        seat.controllerPorts().stream().map(String::valueOf).collect(Collectors.joining(","));
    for (int number = 0; number < doors.size(); number++) {
      arguments[DOORS_FROM + number] = doors.get(number);
    }
    return arguments;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Seat seat =
        new Seat(
            Integer.parseInt(arguments[1]),
            arguments[2],
            Integer.parseInt(arguments[3]),
            Arrays.stream(arguments[4].split(",")).map(Integer::valueOf).toList(),
            Arrays.stream(arguments).skip(DOORS_FROM).map(BrokerProgram::door).toList());
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), seat);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    Thread.currentThread().join();
  }

  private static Door door(String text) {
    String[] parts = text.split(":", -1);
    return new Door(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
