package io.creditflow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Finds ports of 127.0.0.1 that are free at the time of the call. */
public final class FreePorts {
  private FreePorts() {}

  /** Finds one free port. */
  public static int take() {
    return take(1).get(0);
  }

  /**
   * Finds free ports below the range from which the kernel assigns ports to outgoing connections,
   * so that they stay free.
   */
  public static List<Integer> take(int count) {
    List<Integer> ports = new ArrayList<>();
    Random random = new Random();
    while (ports.size() < count) {
      int port = 12_000 + random.nextInt(18_000);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot check port " + port, e);
    }
  }
}
