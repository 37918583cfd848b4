package io.creditflow.chaos;

import io.creditflow.api.ProductVersion;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterPlan;
import io.creditflow.quickstart.command.Arguments;
import io.creditflow.quickstart.command.CommandException;
import io.creditflow.testkit.ScratchDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What {@code bin/chaos} runs. */
public final class ChaosCommand {
  private static final int BROKERS = 3;
  private static final int INSTANCES = 3;
  private static final int PARTITIONS = 6;
  private static final int MINUTES_MAX = 7 * 24 * 60;
  private static final String[] ALL =
      Arrays.stream(Fault.Kind.values()).map(Enum::name).toArray(String[]::new);
  private static final String HELP =
      """
      Usage: bin/chaos [--seed N] [--minutes M] [--faults KIND,...]

      Starts three brokers, a schema registry and three instances as processes on this machine,
      publishes to them, asks them, and breaks something every few seconds. At the end everything
      is recounted from the topics and compared with the API. Ends with
      faults=N lost=N double=N wrong=N; exit code 1 unless the last three are 0.

        --seed N      the same records and the same faults as a run before
        --minutes M   for how long things are broken (default 3); outages of all brokers, of 70 to
                      150 s, are among the faults from 5 on
        --faults KIND,...  only these, of: %s

      Logs are kept when something was wrong.\
      """
          .formatted(String.join(",\n" + " ".repeat(26), ALL));

  private ChaosCommand() {}

  public static void main(String[] given) {
    if (ProductVersion.isAskedFor(given)) {
      System.out.println(ProductVersion.current());
      return;
    }
    int status = 2;
    try {
      Arguments arguments =
          new Arguments(Arrays.asList(given), Set.of("--seed", "--minutes", "--faults"))
              .withoutWords();
      if (arguments.help()) {
        System.out.println(HELP);
        return;
      }
      ChaosRun.Result result =
          run(
              number(arguments, "--seed", System.nanoTime()),
              minutes(arguments),
              faults(arguments));
      status = result.isGood() ? 0 : 1;
    } catch (CommandException e) {
      System.err.println("chaos: " + e.getMessage());
    }
    System.exit(status);
  }

  /** What became of it, which it has printed as well. */
  static ChaosRun.Result run(long seed, Duration length) {
    return run(seed, length, EnumSet.allOf(Fault.Kind.class));
  }

  private static ChaosRun.Result run(long seed, Duration length, Set<Fault.Kind> faults) {
    System.out.println("chaos --seed " + seed + " --minutes " + length.toSeconds() / 60.0);
    Path root = ScratchDirectory.make("chaos");
    boolean isGood = false;
    try (Cluster cluster =
        Cluster.start(ClusterPlan.of(BROKERS, INSTANCES, PARTITIONS).withLinks(), root)) {
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

  private static Duration minutes(Arguments arguments) {
    String text = arguments.option("--minutes").orElse("3");
    try {
      double minutes = Double.parseDouble(text);
      if (minutes > 0 && minutes <= MINUTES_MAX) {
        return Duration.ofMillis((long) (minutes * 60_000));
      }
    } catch (NumberFormatException e) {
      // Reported below like any other that will not do.
    }
    throw new CommandException(
        "--minutes must be a number above 0, at most %d, not %s".formatted(MINUTES_MAX, text));
  }

  private static Set<Fault.Kind> faults(Arguments arguments) {
    Set<Fault.Kind> faults = EnumSet.noneOf(Fault.Kind.class);
    for (String name : arguments.option("--faults").map(some -> some.split(",")).orElse(ALL)) {
      try {
        faults.add(Fault.Kind.valueOf(name));
      } catch (IllegalArgumentException unknown) {
        throw new CommandException("--faults: there is none called " + name + "; see --help");
      }
    }
    return faults;
  }

  private static long number(Arguments arguments, String name, long otherwise) {
    try {
      return arguments.option(name).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new CommandException(name + " is not a whole number");
    }
  }
}
