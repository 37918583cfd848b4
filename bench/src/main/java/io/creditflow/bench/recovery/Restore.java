package io.creditflow.bench.recovery;

import io.creditflow.bench.machine.Await;
import io.creditflow.bench.machine.Child;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.product.Loaded;
import io.creditflow.bench.product.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows of the changelog, and how long it took to go through them. */
record Restore(long records, double seconds) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  record Outcome(Restore restore, Product product) {}

  double perSecond() {
    return records / seconds;
  }

  static Restore byConsumer(Site site, Jvm jvm) {
    Path answer = site.scratch().path("changelog-read");
    try {
      Files.deleteIfExists(answer);
      try (Child reader =
          Child.jvm(
              "changelog reader",
              site.scratch().path("changelog-reader.log"),
              jvm,
              Map.of(),
              List.of(
                  ChangelogReader.class.getName(),
                  site.bootstrapServers(),
                  Loaded.GROUP + "-books-changelog",
                  answer.toString()))) {
        Await.until(
            "the changelog is read",
            PATIENCE,
            () -> {
              reader.mustRun();
              return Files.exists(answer) && Files.size(answer) > 0;
            });
      }
      String[] figures = Files.readString(answer).split(" ", -1);
      return new Restore(Long.parseLong(figures[0]), Long.parseLong(figures[2]) / 1e9);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts the product with nothing on its disk and takes the times from its own log. */
  static Outcome byProduct(Site site, Jvm jvm, long records) throws IOException {
    site.scratch().remove("creditflow");
    Product product = Loaded.start(site, "creditflow", jvm, Map.of()).awaitReady();
    Instant begin = logged(product, "is REBALANCING (was CREATED)");
    Instant end = logged(product, "is RUNNING (was REBALANCING)");
    double seconds = Duration.between(begin, end).toMillis() / 1e3;
    return new Outcome(new Restore(records, seconds), product);
  }

  private static Instant logged(Product product, String words) throws IOException {
    return Files.readAllLines(product.child().output()).stream()
        .filter(line -> line.contains(words))
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElseThrow(() -> product.child().failure("did not log '" + words + "'"));
  }
}
