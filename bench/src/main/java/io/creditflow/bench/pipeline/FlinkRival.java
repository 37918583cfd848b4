package io.creditflow.bench.pipeline;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.workload.WorkloadTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An Apache Flink job from the separate module {@code bench/flink}, with its own class path. */
final class FlinkRival implements Rival {
  /**
   * The system property with the file that holds the module's class path. {@code bin/bench} builds
   * the module and sets the property.
   */
  private static final String CLASS_PATH_FILE = "bench.flink.classpath";

  private static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private final JvmRival job =
      new JvmRival(
          "flink",
          "io.creditflow.bench.flink.FlinkApp",
          WorkloadTotals::totalsAsLines,
          List.of(
              "Apache Flink in local mode, KafkaSource, keyed by workspace: ids, campaigns, days"
                  + " and balance in RocksDB; no ledger, hours, alerts, and state that nobody can"
                  + " read",
              "parallelism 1 (source and counting are a thread each), exactly-once checkpoints"
                  + " every 500 ms, incremental, 256 MiB for RocksDB"));

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public int runsMax() {
    return 3;
  }

  @Override
  public List<String> settings() {
    List<String> settings = new ArrayList<>(job.settings());
    settings.add(version());
    return settings;
  }

  /** Flink's version, from the name of its jar. */
  private static String version() {
    try {
      String classPath = Files.readString(Path.of(System.getProperty(CLASS_PATH_FILE, "")));
      return "version " + classPath.replaceFirst("(?s).*flink-runtime-([0-9.]+)\\.jar.*", "$1");
    } catch (IOException e) {
      return "version unknown: not built";
    }
  }

  @Override
  public List<String> expectedLines(WorkloadTotals totals) {
    return job.expectedLines(totals);
  }

  @Override
  public Run start(BenchEnvironment environment, Path directory, String group, JvmCommand jvm)
      throws IOException {
    String file = System.getProperty(CLASS_PATH_FILE);
    if (file == null) {
      throw new IllegalStateException(
          "Flink's class path is unknown: run bin/bench, which builds bench/flink, or leave flink"
              + " out of --rivals");
    }
    Path classPath = Path.of(file);
    JvmCommand flink =
        jvm.withClassPath(
            classPath.resolveSibling("classes") + ":" + Files.readString(classPath).strip());
    return job.start(environment, directory, group, flink.withFlags(OPENED));
  }
}
