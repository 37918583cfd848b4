package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.ProcessUse;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.workload.Totals;
import io.creditflow.bench.workload.Workload;
import io.creditflow.testkit.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A rival that is a main class of its own ({@link Errand} says how it is called) and commits in a
 * consumer group.
 */
record JvmRival(
    String name, String mainClass, Function<Totals, List<String>> expects, List<String> settings)
    implements Rival {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public List<String> expected(Totals totals) {
    return expects.apply(totals);
  }

  @Override
  public Run start(Site site, Path directory, String group, Jvm jvm) {
    Errand errand = new Errand(site.bootstrapServers(), site.registryUrl(), group, directory);
    ChildProcess child =
        jvm.startListener(
            directory.resolveSibling(directory.getFileName() + ".log"),
            Map.of(),
            errand.command(mainClass));
    return new GroupRun(site, group) {
      @Override
      public void mustRun() {
        child.requireAlive();
      }

      @Override
      public ProcessUse use() {
        return ProcessUse.of(child.pid());
      }

      @Override
      public List<String> totals(Workload workload) throws Exception {
        child.tell(Errand.FINISH);
        child.requireEnd(PATIENCE);
        return Files.readAllLines(errand.totals());
      }

      @Override
      public void close() {
        child.close();
        super.close();
      }
    };
  }
}
