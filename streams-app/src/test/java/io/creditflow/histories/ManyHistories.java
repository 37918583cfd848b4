package io.creditflow.histories;

import io.creditflow.reference.CountedBooks;

/**
 * Runs many generated histories. Their seeds count up from a base that is printed: {@code
 * -Dcreditflow.seed=N} runs the one history of that seed (more with {@code
 * -Dcreditflow.histories}).
 */
public final class ManyHistories {
  private static final int COVERAGE_FROM = 500;

  private ManyHistories() {}

  /**
   * @param count how many, unless {@code -Dcreditflow.histories} says
   * @throws AssertionError with the shortest history found that fails, as a script
   */
  public static void run(CountedBooks.Maker product, int count) {
    Long given = Long.getLong("creditflow.seed");
    int histories = Integer.getInteger("creditflow.histories", given == null ? count : 1);
    long base =
        given == null ? Math.floorMod(System.nanoTime(), 1_000_000_000L) * 1_000_000L : given;
    System.out.println(histories + " histories from seed " + base);
    Coverage coverage = new Coverage();
    for (int number = 0; number < histories; number++) {
      History history = HistoryGenerator.generate(base + number);
      HistoryRun run = new HistoryRun(history, product);
      try {
        run.run();
        Properties.hold(history, run, product);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(report(history, product, failure), failure);
      }
      coverage.add(Features.of(history, run), history.deliveries().size());
    }
    System.out.println(coverage.table());
    if (histories >= COVERAGE_FROM && !coverage.gaps().isEmpty()) {
      throw new AssertionError("too few histories have: " + coverage.gaps());
    }
  }

  private static String report(History history, CountedBooks.Maker product, Throwable failure) {
    History least = Shrinker.shrink(history, fewer -> failure(fewer, product) != null);
    Throwable last = failure(least, product);
    return "history of seed "
        + history.seed()
        + " (run it again with -Dcreditflow.seed="
        + history.seed()
        + ")\n"
        + (last == null ? failure : last)
        + "\n\nthe shortest history that fails:\n"
        + Script.of(least);
  }

  static Throwable failure(History history, CountedBooks.Maker product) {
    HistoryRun run = new HistoryRun(history, product);
    try {
      run.run();
      Properties.hold(history, run, product);
      return null;
    } catch (RuntimeException | AssertionError failure) {
      return failure;
    }
  }
}
