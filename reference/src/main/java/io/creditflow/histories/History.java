package io.creditflow.histories;

import io.creditflow.reference.Rules;
import java.time.Instant;
import java.util.List;

/**
 * A generated history.
 *
 * @param marks instants that much of it happens at
 */
public record History(
    long seed,
    Rules rules,
    List<String> workspaceIds,
    List<String> campaignIds,
    List<Instant> marks,
    List<Step> steps) {

  History withSteps(List<Step> fewer) {
    return new History(seed, rules, workspaceIds, campaignIds, marks, fewer);
  }

  List<Step.Deliver> deliveries() {
    return steps.stream()
        .filter(Step.Deliver.class::isInstance)
        .map(Step.Deliver.class::cast)
        .toList();
  }
}
