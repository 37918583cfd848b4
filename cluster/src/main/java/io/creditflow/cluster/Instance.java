package io.creditflow.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** An instance of Creditflow. */
public final class Instance extends Node {
  private final int port;
  private final int managementPort;
  private final Path state;

  Instance(
      String name,
      Path log,
      Launch launch,
      Callable<Boolean> ready,
      int port,
      int managementPort,
      Path state) {
    super(name, log, launch, ready);
    this.port = port;
    this.managementPort = managementPort;
    this.state = state;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** How the others call it, and how {@code /v1/ops/lag} names it. */
  public String address() {
    return "127.0.0.1:" + managementPort;
  }

  /** Where it keeps its books. */
  public Path state() {
    return state;
  }

  /** Deletes its books, as when a disk is replaced; not while it runs. */
  public void wipe() {
    Directory.delete(state);
  }
}
