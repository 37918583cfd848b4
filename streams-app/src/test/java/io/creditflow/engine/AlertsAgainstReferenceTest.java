package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.histories.GeneratedHistory;
import io.creditflow.histories.HistoryFormatter;
import io.creditflow.histories.HistoryGenerator;
import io.creditflow.histories.ParallelHistoryRunner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The engine's alerts against the reference calculator's, over generated histories. */
class AlertsAgainstReferenceTest {
  /** Enough also where more are asked for: each is judged some hundred times. */
  private static final int HISTORIES = 400;

  @Test
  void theEngineRaisesExactlyWhatTheReferenceSaysAtEachCommit() {
    int count = Math.min(ParallelHistoryRunner.count(HISTORIES), HISTORIES);
    ConcurrentMap<String, LongAdder> seen = new ConcurrentHashMap<>();

    ParallelHistoryRunner.seeds(count).parallel().forEach(seed -> run(seed, seen));

    System.out.println(new TreeMap<>(seen));
    if (count >= HISTORIES) {
      assertThat(seen)
          .containsKeys(
              "QUOTA WARNING",
              "QUOTA CRITICAL",
              "QUOTA RECOVERED",
              "QUOTA again",
              "QUOTA exactly at a threshold",
              "LOW_BALANCE NOTICE",
              "LOW_BALANCE WARNING",
              "LOW_BALANCE CRITICAL",
              "LOW_BALANCE RECOVERED",
              "LOW_BALANCE again",
              "LOW_BALANCE exactly at a threshold",
              "LOW_BALANCE with no traffic",
              "QUOTA in force",
              "QUOTA of 0 in force",
              "LOW_BALANCE in force",
              "EXPIRY in force",
              "EXPIRY NOTICE",
              "EXPIRY WARNING",
              "EXPIRY CRITICAL",
              "EXPIRY exactly at a threshold",
              "EXPIRY with no traffic");
    }
  }

  private static void run(long seed, ConcurrentMap<String, LongAdder> seen) {
    GeneratedHistory history = HistoryGenerator.generate(seed);
    try {
      new AlertHistoryRun(history, seen).run();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "history of seed %d (run it again with -Dcreditflow.seed=%d)%n%s%n%s"
              .formatted(seed, seed, failure, HistoryFormatter.of(history)),
          failure);
    }
  }
}
