package io.creditflow.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The four ports of a quickstart, each of which was free when this record was created. */
record Ports(int http, int management, int kafka, int registry) {

  /**
   * The ports that the options name; 0 becomes a free port.
   *
   * @throws StartupException if a port is in use or named twice
   */
  static Ports of(QuickstartOptions options) {
    Map<Integer, String> wanted = new HashMap<>();
    List<ServerSocket> held = new ArrayList<>();
    try {
      return new Ports(
          take("--http-port", options.httpPort, wanted, held),
          take("--management-port", options.managementPort, wanted, held),
          take("--kafka-port", options.kafkaPort, wanted, held),
          take("--registry-port", options.registryPort, wanted, held));
    } finally {
      held.forEach(Ports::release);
    }
  }

  private static int take(
      String option, int port, Map<Integer, String> wanted, List<ServerSocket> held) {
    String other = port == 0 ? null : wanted.put(port, option);
    if (other != null) {
      throw new StartupException("port " + port + " is used twice, by " + other + " and " + option);
    }
    try {
      ServerSocket socket = new ServerSocket();
      held.add(socket);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartupException(
          "port "
              + port
              + " on 127.0.0.1 cannot be used ("
              + e.getMessage()
              + "); stop the program that listens there or choose another port with "
              + option
              + " (0 means any free port)");
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
