package io.creditflow.cluster;

import io.creditflow.testkit.ScratchDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** An instance of Creditflow. */
public final class InstanceProcess extends ClusterProcess {
  private final int port;
  private final int managementPort;
  private final Path state;
  private final SimulatedMachine machine;
  private final List<TcpProxy> links;

  InstanceProcess(
      String name,
      Path log,
      Launch launch,
      Callable<Boolean> ready,
      int port,
      int managementPort,
      Path state,
      SimulatedMachine machine,
      List<TcpProxy> links) {
    super(name, log, launch, ready, machine);
    this.port = port;
    this.managementPort = managementPort;
    this.state = state;
    this.machine = machine;
    this.links = links;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** How the others call it, and how {@code /v1/ops/lag} names it. */
  public String address() {
    return "127.0.0.1:" + managementPort;
  }

  /** Where it keeps its state. */
  public Path state() {
    return state;
  }

  /** Its ways to the brokers, in their order; none if it reaches them directly. */
  public List<TcpProxy> links() {
    return links;
  }

  /** Whether {@link #setDiskSlow} and {@link #setDiskFull} have an effect here. */
  public boolean hasBadDisk() {
    return machine.hasBadDisk();
  }

  /** Makes reads, writes and syncs of its state take their time. */
  public void setDiskSlow(boolean slow) {
    machine.setSlow(slow);
  }

  /** Makes every write to its state fail for lack of space. */
  public void setDiskFull(boolean full) {
    machine.setFull(full);
  }

  /** Deletes its state, as when a disk is replaced; not while it runs. */
  public void wipe() {
    ScratchDirectory.delete(state);
  }
}
