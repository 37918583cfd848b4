package io.creditflow.bench.pipeline;

import io.creditflow.bench.BenchmarkOptions;
import java.util.List;

/**
 * How many workspaces and campaigns share the events of a race; all else is the same.
 *
 * @param name in tables; empty if it is the only one
 * @param ratio what its ratios begin with
 */
record PipelineLoad(String name, String ratio, int workspaces, int campaigns) {
  private static final int CAMPAIGNS_EACH = 10;

  /** What users have, and what a small installation has. */
  private static final List<PipelineLoad> BOTH =
      List.of(
          new PipelineLoad("wide", "pipeline-wide", 5_000, 50_000),
          new PipelineLoad("narrow", "pipeline", 100, 1_000));

  /** The one that is asked for, else both. */
  static List<PipelineLoad> of(BenchmarkOptions options) {
    if (!options.given("workspaces") && !options.given("campaigns")) {
      return BOTH;
    }
    long workspaces =
        options.number("workspaces", Math.max(1, options.number("campaigns", 1) / CAMPAIGNS_EACH));
    long campaigns = options.number("campaigns", workspaces * CAMPAIGNS_EACH);
    return List.of(new PipelineLoad("", "pipeline", (int) workspaces, (int) campaigns));
  }

  /** A column or bar of this load. */
  String label(String of) {
    return name.isEmpty() ? of : of + ", " + name;
  }
}
