package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Path;
import java.util.List;

/**
 * An application that is measured, the product included. Each run is a new process without state.
 */
public interface Rival {
  /** The name in {@code --rivals} and in the ratios. */
  String name();

  /** Descriptions of its function and settings for the report. */
  List<String> settings();

  /** The maximum number of runs; low for rivals whose runs take minutes. */
  default int runsMax() {
    return Integer.MAX_VALUE;
  }

  /**
   * Starts a run; does not wait until it is ready.
   *
   * @param directory an empty directory for the run
   * @param group a new consumer group
   */
  Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm)
      throws Exception;

  /** A run of a rival. */
  interface Run extends AutoCloseable {
    /** The number of events whose results and offsets are committed. */
    long committedEvents() throws Exception;

    /** Whether all internal topics are processed, too. Called once all events are committed. */
    boolean isDone() throws Exception;

    /** Throws an exception with the end of the output if the process has ended. */
    void requireAlive();

    /** The CPU time and memory that the run has used so far. */
    ProcessUsage resourceUsage();

    /** The rival's totals, in the form of {@link WorkloadTotals}. */
    List<String> totals(Workload workload) throws Exception;

    @Override
    void close();
  }

  /** The lines of the load's totals that the rival must produce. */
  List<String> expectedLines(WorkloadTotals totals);
}
