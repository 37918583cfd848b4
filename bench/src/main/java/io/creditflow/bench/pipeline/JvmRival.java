package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ProcessUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A rival with its own main class, which takes the arguments of a {@link JobSpec}. It commits
 * offsets in a consumer group.
 */
record JvmRival(
    String name,
    String mainClass,
    Function<WorkloadTotals, List<String>> expects,
    List<String> settings)
    implements Rival {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public List<String> expectedLines(WorkloadTotals totals) {
    return expects.apply(totals);
  }

  @Override
  public Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm) {
    JobSpec job =
        new JobSpec(environment.bootstrapServers(), environment.registryUrl(), group, directory);
    ChildProcess child =
        jvm.startListener(
            directory.resolveSibling(directory.getFileName() + ".log"),
            Map.of(),
            job.command(mainClass));
    return new ConsumerGroupRun(environment, group) {
      @Override
      public void requireAlive() {
        child.requireAlive();
      }

      @Override
      public ProcessUsage resourceUsage() {
        return ProcessUsage.of(child.pid());
      }

      @Override
      public List<String> totals(Workload workload) throws Exception {
        child.tell(JobSpec.FINISH);
        child.requireEnd(PATIENCE);
        return Files.readAllLines(job.totalsFile());
      }

      @Override
      public void close() {
        child.close();
        super.close();
      }
    };
  }
}
