package io.creditflow.bench.pipeline;

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

  /**
   * The one that is asked for, else both.
   *
   * @param workspaces null to have them follow from the campaigns
   * @param campaigns null to have them follow from the workspaces
   */
  static List<PipelineLoad> of(Integer workspaces, Integer campaigns) {
    if (workspaces == null && campaigns == null) {
      return BOTH;
    }
    int few = workspaces == null ? Math.max(1, campaigns / CAMPAIGNS_EACH) : workspaces;
    int many = campaigns == null ? few * CAMPAIGNS_EACH : campaigns;
    return List.of(new PipelineLoad("", "pipeline", few, many));
  }

  /** A column or bar of this load. */
  String label(String of) {
    return name.isEmpty() ? of : of + ", " + name;
  }
}
