package io.creditflow.cluster;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.broker.Seat;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A Kafka node as a program: directory, node id, cluster id, client port, all controllers' ports.
 */
public final class BrokerProgram {
  private BrokerProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Seat seat =
        new Seat(
            Integer.parseInt(arguments[1]),
            arguments[2],
            Integer.parseInt(arguments[3]),
            Arrays.stream(arguments[4].split(",")).map(Integer::valueOf).toList());
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), seat);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    Thread.currentThread().join();
  }
}
