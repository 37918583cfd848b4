package io.creditflow.api;

import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Checks whether a TCP connection to the schema registry can be opened. */
final class RegistryProbe {
  private static final int TIMEOUT_MILLIS = 1_000;

  private final Configuration configuration;
  private volatile boolean isReachable = true;

  RegistryProbe(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether the last check reached the registry; true before the first check. */
  boolean isReachable() {
    return isReachable;
  }

  /** Tries each address until one accepts a connection; takes at most a second per address. */
  void check() {
    for (String address : configuration.get(Settings.REGISTRY_URL)) {
      if (answers(URI.create(address))) {
        isReachable = true;
        return;
      }
    }
    isReachable = false;
  }

  private static boolean answers(URI address) {
    int standard = address.getScheme().equals("https") ? 443 : 80;
    int port = address.getPort() < 0 ? standard : address.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), port), TIMEOUT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
