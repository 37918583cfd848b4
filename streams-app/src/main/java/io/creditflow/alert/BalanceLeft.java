package io.creditflow.alert;

import java.time.Instant;

/**
 * How much of a workspace's allocation is left.
 *
 * <p>Without a live grant there is no allocation to be a part of: then only overage says something,
 * namely that nothing is left, and otherwise what was known before stays.
 *
 * @param remaining of the live grants
 * @param allocated sum of the live grants' amounts
 * @param changedAt when the last usage, reversal, grant, void or expiry happened
 */
public record BalanceLeft(long remaining, long allocated, long overage, Instant changedAt)
    implements Measure {

  @Override
  public String subject() {
    return "";
  }

  /** 0 where nothing is allocated. */
  @Override
  public Double value() {
    return allocated > 0 ? (double) remaining / (double) allocated : 0.0;
  }

  @Override
  public Standing standing(double threshold) {
    if (allocated <= 0) {
      return overage > 0 && threshold == 0 ? Standing.REACHED : Standing.UNKNOWN;
    }
    return value() <= threshold ? Standing.REACHED : Standing.NOT_REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    return changedAt;
  }

  @Override
  public String reachedWords(double threshold) {
    if (remaining > 0) {
      return (value() < 0.01 ? "Under 1 %" : Words.percent(value()))
          + " of the allocation is left: "
          + Words.of(remaining, allocated);
    }
    return overage > 0
        ? "No credits are left; overage has begun: " + Words.credits(overage) + " so far"
        : "No credits are left: all " + Words.credits(allocated) + " are spent";
  }

  @Override
  public String leftWords(double threshold) {
    return (threshold == 0
            ? "Credits are left again: "
            : "The balance is back above " + Words.percent(threshold) + " of the allocation: ")
        + Words.of(remaining, allocated);
  }
}
