package io.creditflow.cluster;

import io.creditflow.testkit.ScratchDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A process that runs one instance of Creditflow. */
public final class InstanceProcess extends ClusterProcess {
  private final int port;
  private final int managementPort;
  private final Path state;
  private final SimulatedMachine machine;
  private final List<TcpProxy> proxies;

  InstanceProcess(
      String name,
      Path log,
      Launch launch,
      Callable<Boolean> ready,
      int port,
      int managementPort,
      Path state,
      SimulatedMachine machine,
      List<TcpProxy> proxies) {
    super(name, log, launch, ready, machine);
    this.port = port;
    this.managementPort = managementPort;
    this.state = state;
    this.machine = machine;
    this.proxies = proxies;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The address at which other instances reach it; {@code /v1/ops/lag} names it so. */
  public String address() {
    return "127.0.0.1:" + managementPort;
  }

  /** Its state directory. */
  public Path state() {
    return state;
  }

  /** Its proxies to the brokers, in the brokers' order; empty if it connects directly. */
  public List<TcpProxy> proxies() {
    return proxies;
  }

  /** Whether {@link #setDiskSlow} and {@link #setDiskFull} have an effect on this machine. */
  public boolean canBreakDisk() {
    return machine.canBreakDisk();
  }

  /** Delays reads, writes and syncs of its state. */
  public void setDiskSlow(boolean slow) {
    machine.setSlow(slow);
  }

  /** Makes every write to its state fail with "no space left". */
  public void setDiskFull(boolean full) {
    machine.setFull(full);
  }

  /** Deletes its state, as when a disk is replaced. The process must not be running. */
  public void wipe() {
    ScratchDirectory.delete(state);
  }
}
