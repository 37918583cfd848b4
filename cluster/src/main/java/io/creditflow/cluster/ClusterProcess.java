package io.creditflow.cluster;

import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A member of the cluster. It is one process at a time; a restart uses the same ports and files.
 */
public class ClusterProcess {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final Launch launch;
  private final Callable<Boolean> ready;
  private final SimulatedMachine machine;
  private volatile ChildProcess process;
  private volatile boolean hasBeenReady;
  private volatile boolean isStopping;
  private final AtomicLong disturbances = new AtomicLong();

  /** Starts the process. */
  interface Launch {
    ChildProcess start(Path log);
  }

  ClusterProcess(
      String name, Path log, Launch launch, Callable<Boolean> ready, SimulatedMachine machine) {
    this.name = name;
    this.log = log;
    this.launch = launch;
    this.ready = ready;
    this.machine = machine;
  }

  public final String name() {
    return name;
  }

  public final boolean isRunning() {
    return process != null && process.isAlive();
  }

  public final boolean isFrozen() {
    return process != null && process.isFrozen();
  }

  /** Starts the process if it is not running; does not wait until it is ready. */
  public final void start() {
    if (!isRunning()) {
      disturbances.incrementAndGet();
      hasBeenReady = false;
      process = launch.start(log);
    }
  }

  public final void awaitReady() {
    Await.until(
        () -> name + " is ready; its output:\n" + tail(),
        START,
        () -> {
          if (!isRunning()) {
            throw new AssertionError(name + " ended by itself; its output:\n" + tail());
          }
          return isReady();
        });
  }

  public final boolean isReady() {
    try {
      boolean isReady = isRunning() && !isFrozen() && ready.call();
      hasBeenReady |= isReady;
      return isReady;
    } catch (Exception e) { // Callable declares it; the process is not ready
      return false;
    }
  }

  /** Whether a stop or kill is in progress. */
  public final boolean isStopping() {
    return isStopping;
  }

  /** Whether it has been ready since its last start. */
  public final boolean hasBeenReady() {
    return hasBeenReady;
  }

  /** A counter that grows with every start, stop, kill, freeze and thaw. */
  public final long disturbances() {
    return disturbances.get();
  }

  /** As {@code kill -9}. */
  public final void kill() {
    if (process != null) {
      disturbances.incrementAndGet();
      isStopping = true;
      kill(process);
      isStopping = false;
      disturbances.incrementAndGet();
    }
  }

  private static void kill(ChildProcess process) {
    process.kill();
    SimulatedMachine.cleanUpAfter(process.pid());
  }

  /** Stops the process, and kills it after ten seconds. Returns whether it stopped in time. */
  public final boolean stop() {
    if (!isRunning()) {
      return true;
    }
    disturbances.incrementAndGet();
    isStopping = true;
    process.thaw();
    boolean inTime = process.stop(STOP);
    kill(process);
    isStopping = false;
    disturbances.incrementAndGet();
    return inTime;
  }

  /** Waits until the process ends by itself, and returns its exit code. */
  public final int exitCode(Duration patience) {
    disturbances.incrementAndGet();
    return process.exitCode(patience);
  }

  public final void freeze() {
    disturbances.incrementAndGet();
    process.freeze();
  }

  public final void thaw() {
    if (isFrozen()) {
      disturbances.incrementAndGet();
      process.thaw();
    }
  }

  /** Whether {@link #setNextClockAhead} has an effect on this machine. */
  public final boolean canSetClock() {
    return machine.canSetClock();
  }

  /** Makes its clock wrong from its next start until the start after that. */
  public final void setNextClockAhead(Duration ahead) {
    machine.setNextClockAhead(ahead);
  }

  /** Whether it was started with a wrong clock. */
  public final boolean isClockWrong() {
    return machine.isClockWrong();
  }

  /** Peak resident memory of the running process in bytes; 0 without /proc. */
  public final long memoryPeakBytes() {
    return ProcessUsage.of(process.pid()).residentPeakBytes();
  }

  /** The end of the log, which all its processes append to. */
  public final String tail() {
    return process == null ? "" : process.tail();
  }
}
