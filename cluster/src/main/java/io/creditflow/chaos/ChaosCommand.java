package io.creditflow.chaos;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.testkit.ScratchDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bin/chaos}. */
@Command(
    name = "chaos",
    description = {
      "Starts three brokers, a schema registry and three instances as processes on this machine,"
          + " publishes and queries all the time, and injects a fault every few seconds. At the end"
          + " everything is recounted from the topics and compared with the API. The last line is",
      "faults=N lost=N double=N wrong=N; exit code 1 unless the last three are 0.",
      ""
    },
    footer = {"", "Logs are kept if something was wrong."})
public final class ChaosCommand implements Callable<Integer> {
  private static final int BROKERS = 3;
  private static final int INSTANCES = 3;
  private static final int PARTITIONS = 6;
  private static final int MINUTES_MAX = 7 * 24 * 60;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "repeats the records and faults of the run with this seed")
  private long seed = System.nanoTime();

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "3",
      description =
          "how long faults are injected (${DEFAULT-VALUE}); outages of all brokers, of 70 to"
              + " 150 s, are among the faults from 5 minutes on")
  private double minutes;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "only these, of: ${COMPLETION-CANDIDATES}")
  private Set<Fault.Kind> faults = EnumSet.allOf(Fault.Kind.class);

  @Mixin StandardOptions standard;

  private ChaosCommand() {}

  public static void main(String[] given) {
    System.exit(CommandRunner.run(new ChaosCommand(), given));
  }

  @Override
  public Integer call() {
    if (!(minutes > 0 && minutes <= MINUTES_MAX)) {
      throw new CommandException(
          "--minutes is a number above 0, at most %d, not %s".formatted(MINUTES_MAX, minutes));
    }
    return run(seed, Duration.ofMillis((long) (minutes * 60_000)), faults).isGood() ? 0 : 1;
  }

  /** Runs all kinds of faults, and prints and returns the result. */
  static ChaosRun.Result run(long seed, Duration length) {
    return run(seed, length, EnumSet.allOf(Fault.Kind.class));
  }

  private static ChaosRun.Result run(long seed, Duration length, Set<Fault.Kind> faults) {
    System.out.println("chaos --seed " + seed + " --minutes " + length.toSeconds() / 60.0);
    Path root = ScratchDirectory.make("chaos");
    boolean isGood = false;
    try (Cluster cluster =
        Cluster.start(ClusterPlan.of(BROKERS, INSTANCES, PARTITIONS).withFaultInjection(), root)) {
      ChaosRun.Result result =
          new ChaosRun(cluster, seed, length, faults, System.out::println).run();
      isGood = result.isGood();
      if (!isGood) {
        System.out.println("Logs are in " + cluster.logs());
      }
      System.out.println(result);
      return result;
    } finally {
      if (isGood) {
        ScratchDirectory.delete(root);
      }
    }
  }
}
