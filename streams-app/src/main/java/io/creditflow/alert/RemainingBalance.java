package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.grant.BurnDown;
import io.creditflow.usage.WorkspaceUsage;
import java.time.Instant;

/**
 * How much of a workspace's allocation is left.
 *
 * <p>Without a live grant there is no allocation. Then overage means that no credits are left;
 * without overage, the previous result remains valid.
 *
 * @param remaining the remaining credits of the live grants
 * @param allocated the sum of the live grants' amounts
 * @param changedAt when the last usage, reversal, grant, void or expiry happened
 */
public record RemainingBalance(
    AlertSubject subject, long remaining, long allocated, long overage, Instant changedAt)
    implements AlertMeasure {

  /**
   * The measure of a workspace at one instant.
   *
   * @param burnDown the workspace's grants at the instant
   */
  public static RemainingBalance of(String workspaceId, WorkspaceUsage usage, BurnDown burnDown) {
    // The end of a depleted grant counts, too: it reduces the allocation, and so changes the ratio.
    long changedAt = Math.max(usage.usedAt(), burnDown.lastBoundary());
    return new RemainingBalance(
        new AlertSubject(workspaceId, AlertKind.LOW_BALANCE, ""),
        burnDown.remaining(),
        burnDown.allocated(),
        burnDown.overage(),
        Instant.ofEpochMilli(changedAt));
  }

  /** The remaining part of the allocation; 0 if nothing is allocated. */
  @Override
  public Double value() {
    return allocated > 0 ? (double) remaining / (double) allocated : 0.0;
  }

  @Override
  public ThresholdState evaluate(double threshold) {
    if (allocated <= 0) {
      return overage > 0 && threshold == 0 ? ThresholdState.REACHED : ThresholdState.UNKNOWN;
    }
    return value() <= threshold ? ThresholdState.REACHED : ThresholdState.NOT_REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    return changedAt;
  }

  @Override
  public String reachedMessage() {
    if (remaining > 0) {
      return (value() < 0.01 ? "Under 1 %" : AlertMessages.percent(value()))
          + " of the allocation is left: "
          + AlertMessages.of(remaining, allocated);
    }
    return overage > 0
        ? "No credits are left; overage has begun: " + AlertMessages.credits(overage) + " so far"
        : "No credits are left: all " + AlertMessages.credits(allocated) + " are spent";
  }

  @Override
  public String leftMessage(double threshold) {
    return (threshold == 0
            ? "Credits are left again: "
            : "The balance is back above "
                + AlertMessages.percent(threshold)
                + " of the allocation: ")
        + AlertMessages.of(remaining, allocated);
  }
}
