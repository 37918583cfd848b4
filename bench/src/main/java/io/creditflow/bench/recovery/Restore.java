package io.creditflow.bench.recovery;

import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The number of changelog records, and the time to read or restore them. */
record Restore(long records, double seconds) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BEGIN = "is REBALANCING (was CREATED)";
  private static final String END = "is RUNNING (was REBALANCING)";

  record Outcome(Restore restore, ProductProcess product) {}

  double recordsPerSecond() {
    return records / seconds;
  }

  /** Reads the changelog with a plain consumer in its own process. */
  static Restore readByConsumer(BenchEnvironment environment, JvmCommand jvm) {
    Path resultFile = environment.scratch().path("changelog-read");
    try {
      Files.deleteIfExists(resultFile);
      try (ChildProcess reader =
          jvm.startListener(
              environment.scratch().path("changelog-reader.log"),
              Map.of(),
              List.of(
                  ChangelogReader.class.getName(),
                  environment.bootstrapServers(),
                  LoadedProduct.GROUP + "-credit-state-changelog",
                  resultFile.toString()))) {
        Await.until(
            "the changelog is read",
            PATIENCE,
            () -> {
              reader.requireAlive();
              return Files.exists(resultFile) && Files.size(resultFile) > 0;
            });
      }
      String[] figures = Files.readString(resultFile).split(" ", -1);
      return new Restore(Long.parseLong(figures[0]), Long.parseLong(figures[2]) / 1e9);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes the local state, and starts the product, which restores it from the changelog. */
  static Outcome restoreByProduct(BenchEnvironment environment, JvmCommand jvm, long records) {
    environment.scratch().remove("creditflow");
    return restart(environment, jvm, records);
  }

  /**
   * Starts the product on the local state that it left, and reads from its log how long it takes
   * from the first rebalance to RUNNING. No requests are sent meanwhile, because a JVM that has
   * just started answers slowly.
   *
   * @param records the number of records in the changelog, for the result
   */
  static Outcome restart(BenchEnvironment environment, JvmCommand jvm, long records) {
    Instant start = Instant.now(); // the log also holds earlier starts
    ProductProcess product = LoadedProduct.start(environment, "creditflow", jvm, Map.of());
    Await.until(
        "the pipeline runs",
        PATIENCE,
        () -> {
          product.child().requireAlive();
          return timeLogged(product, END, start).isPresent();
        });
    Instant begin = timeLogged(product, BEGIN, start).orElseThrow();
    Instant end = timeLogged(product, END, start).orElseThrow();
    double seconds = Duration.between(begin, end).toMillis() / 1e3;
    return new Outcome(new Restore(records, seconds), product.awaitReady());
  }

  private static Optional<Instant> timeLogged(ProductProcess product, String text, Instant since) {
    return product
        .child()
        .output()
        .lines()
        .filter(line -> line.contains(text))
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
        .filter(at -> !at.isBefore(since))
        .findFirst();
  }
}
