package io.creditflow.histories;

import io.creditflow.reference.CreditCalculator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Runs many generated histories in parallel. Their seeds are consecutive numbers from a base, which
 * is printed and can be set with {@code -Dcreditflow.seed=N}.
 */
public final class ParallelHistoryRunner {
  private static final int COVERAGE_FROM = 1000;

  private ParallelHistoryRunner() {}

  /**
   * The number of histories to run: 1 if a seed is set, else {@code -Dcreditflow.histories}, else
   * {@code usual}.
   */
  public static int count(int usual) {
    boolean one = Long.getLong("creditflow.seed") != null;
    return one ? 1 : Integer.getInteger("creditflow.histories", usual);
  }

  /**
   * @throws AssertionError if a history fails, with the shortest failing history found as a script;
   *     or if too few histories have a feature, with the names of these features
   */
  public static void run(CreditCalculator.Factory product, int count) {
    FeatureCoverage coverage = new FeatureCoverage();
    Optional<Failure> first =
        seeds(count)
            .parallel()
            .mapToObj(seed -> attempt(HistoryGenerator.generate(seed), product, coverage))
            .filter(Objects::nonNull)
            .findFirst();
    if (first.isPresent()) {
      throw new AssertionError(report(first.get(), product), first.get().cause);
    }
    System.out.println(coverage.table());
    if (count >= COVERAGE_FROM && !coverage.gaps().isEmpty()) {
      throw new AssertionError("too few histories have: " + coverage.gaps());
    }
  }

  /** Consecutive seeds from the base, which this method prints. */
  public static LongStream seeds(int count) {
    long random = Math.floorMod(System.nanoTime(), 1_000_000_000L) * 1_000_000L;
    long base = Long.getLong("creditflow.seed", random);
    System.out.println(count + " histories from seed " + base);
    return LongStream.range(base, base + count);
  }

  /** Runs one history; null on success. */
  private static Failure attempt(
      GeneratedHistory history, CreditCalculator.Factory product, FeatureCoverage coverage) {
    HistoryRun run = new HistoryRun(history, product);
    try {
      run.run();
      HistoryProperties.hold(history, run, product);
    } catch (RuntimeException | AssertionError failure) {
      return new Failure(history, failure);
    }
    coverage.add(FeatureDetector.of(history, run), history.deliveries().size());
    return null;
  }

  private static String report(Failure failure, CreditCalculator.Factory product) {
    GeneratedHistory history = failure.history;
    GeneratedHistory least =
        HistoryShrinker.shrink(history, fewer -> failure(fewer, product) != null);
    Throwable last = failure(least, product);
    return "history of seed "
        + history.seed()
        + " (run it again with -Dcreditflow.seed="
        + history.seed()
        + ")\n"
        + (last == null ? failure.cause : last)
        + "\n\nthe shortest history that fails:\n"
        + HistoryFormatter.of(least);
  }

  static Throwable failure(GeneratedHistory history, CreditCalculator.Factory product) {
    Failure failure = attempt(history, product, new FeatureCoverage());
    return failure == null ? null : failure.cause;
  }

  private record Failure(GeneratedHistory history, Throwable cause) {}
}
