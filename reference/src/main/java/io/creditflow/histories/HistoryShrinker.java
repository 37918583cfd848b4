package io.creditflow.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Removes steps from a failing history as long as it still fails. */
final class HistoryShrinker {
  private HistoryShrinker() {}

  static GeneratedHistory shrink(GeneratedHistory history, Predicate<GeneratedHistory> fails) {
    List<HistoryStep> steps = history.steps();
    for (int size = Math.max(1, steps.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
      boolean smaller = true;
      while (smaller) {
        smaller = false;
        for (int start = 0; start < steps.size(); start += size) {
          List<HistoryStep> fewer = new ArrayList<>(steps.subList(0, start));
          fewer.addAll(steps.subList(Math.min(steps.size(), start + size), steps.size()));
          if (fails.test(history.withSteps(fewer))) {
            steps = fewer;
            smaller = true;
            start -= size;
          }
        }
      }
    }
    return history.withSteps(steps);
  }
}
