package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Path;
import java.util.List;

/** One that reads the topics, the product included: a fresh process with nothing counted yet. */
public interface Rival {
  /** As in {@code --rivals} and in the ratios. */
  String name();

  /** What it does and how it is set up, a line each. */
  List<String> settings();

  /** Runs after which its median is taken for known: fewer for those that take minutes each. */
  default int runsMax() {
    return Integer.MAX_VALUE;
  }

  /**
   * Starts a run without waiting for it.
   *
   * @param directory its own, empty
   * @param group its consumer group, never used before
   */
  Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm)
      throws Exception;

  /** A rival at work. */
  interface Run extends AutoCloseable {
    /** Events whose effect and offset are committed. */
    long committed() throws Exception;

    /** True if nothing it has still to process is left, given that all events are committed. */
    boolean isDone() throws Exception;

    /** Throws with what it said last if it has failed. */
    void mustRun();

    ProcessUsage use();

    /** What it came to, in the lines of {@link WorkloadTotals}. */
    List<String> totals(Workload workload) throws Exception;

    @Override
    void close();
  }

  /** What of the load's totals it must come to. */
  List<String> expected(WorkloadTotals totals);
}
