package io.creditflow.bench.pipeline;

import io.creditflow.bench.workload.WorkloadMix;
import java.util.List;

/**
 * The numbers of workspaces and campaigns of a load; its other parameters are fixed.
 *
 * @param name the name in tables; empty if there is only one load
 * @param ratio the prefix of its ratios
 */
record PipelineLoad(String name, String ratio, int workspaces, int campaigns) {
  private static final int CAMPAIGNS_EACH = 10;

  /** A typical installation and a small one. */
  private static final List<PipelineLoad> BOTH =
      List.of(
          new PipelineLoad(
              "wide", "pipeline-wide", WorkloadMix.WIDE_WORKSPACES, WorkloadMix.WIDE_CAMPAIGNS),
          new PipelineLoad("narrow", "pipeline", 100, 1_000));

  /**
   * The load with the requested numbers; both default loads if none is given.
   *
   * @param workspaces null to derive the number from the campaigns
   * @param campaigns null to derive the number from the workspaces
   */
  static List<PipelineLoad> of(Integer workspaces, Integer campaigns) {
    if (workspaces == null && campaigns == null) {
      return BOTH;
    }
    int workspaceCount = workspaces == null ? Math.max(1, campaigns / CAMPAIGNS_EACH) : workspaces;
    int campaignCount = campaigns == null ? workspaceCount * CAMPAIGNS_EACH : campaigns;
    return List.of(new PipelineLoad("", "pipeline", workspaceCount, campaignCount));
  }

  /** The label of a column or bar of this load. */
  String label(String of) {
    return name.isEmpty() ? of : of + ", " + name;
  }
}
