package io.creditflow.histories;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts how many histories have each feature, and the number of events in each. */
final class FeatureCoverage {
  private static final int PERCENT_MIN = 10;
  private static final int EVENTS_MEDIAN_MIN = 40;

  private final Map<Feature, Integer> seen = new EnumMap<>(Feature.class);
  private final List<Integer> lengths = new ArrayList<>();

  synchronized void add(Set<Feature> features, int events) {
    features.forEach(feature -> seen.merge(feature, 1, Integer::sum));
    lengths.add(events);
  }

  String table() {
    StringBuilder table = new StringBuilder();
    table.append(lengths.size()).append(" histories, median ").append(median());
    table.append(" events; share of histories with each feature:\n");
    for (Feature feature : Feature.values()) {
      String name = feature.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.append(String.format(Locale.ROOT, "  %5.1f %%  %s%n", percent(feature), name));
    }
    return table.toString();
  }

  /** The features that too few histories have; empty if coverage is sufficient. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      if (percent(feature) < PERCENT_MIN) {
        gaps.add(feature + " in " + percent(feature) + " %");
      }
    }
    if (median() < EVENTS_MEDIAN_MIN) {
      gaps.add("median of events " + median());
    }
    return gaps;
  }

  private double percent(Feature feature) {
    return 100.0 * seen.getOrDefault(feature, 0) / lengths.size();
  }

  private int median() {
    List<Integer> sorted = new ArrayList<>(lengths);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
