package io.creditflow.histories;

import io.creditflow.reference.ReferenceRules;
import java.time.Instant;
import java.util.List;

/**
 * A generated history.
 *
 * @param marks instants that many events share
 */
public record GeneratedHistory(
    long seed,
    ReferenceRules rules,
    List<String> workspaceIds,
    List<String> campaignIds,
    List<Instant> marks,
    List<HistoryStep> steps) {

  GeneratedHistory withSteps(List<HistoryStep> fewer) {
    return new GeneratedHistory(seed, rules, workspaceIds, campaignIds, marks, fewer);
  }

  List<HistoryStep.Deliver> deliveries() {
    return steps.stream()
        .filter(HistoryStep.Deliver.class::isInstance)
        .map(HistoryStep.Deliver.class::cast)
        .toList();
  }
}
