package io.creditflow.alert;

import java.time.Instant;

/**
 * How much of a campaign's quota is used.
 *
 * <p>The division is exact enough for inclusive thresholds: amounts below 2^53 divide to the very
 * double that the threshold's decimal reads as when they are equal, so 8 of 10 is 0.8.
 *
 * @param name the campaign's; null until it is described
 * @param quota at least 0
 * @param changedAt when the last usage, reversal or change of quota happened
 */
public record QuotaUse(String campaignId, String name, long used, long quota, Instant changedAt)
    implements Measure {

  @Override
  public String subject() {
    return campaignId;
  }

  /** A quota of 0 is used up from the start. */
  @Override
  public double value() {
    return quota > 0 ? (double) used / (double) quota : 1;
  }

  @Override
  public Standing standing(double threshold) {
    return value() >= threshold ? Standing.REACHED : Standing.NOT_REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    return changedAt;
  }

  @Override
  public String reachedWords(double threshold) {
    return Words.campaign(name, campaignId)
        + " has used "
        + Words.percent(value())
        + " of its quota: "
        + Words.of(used, quota);
  }

  @Override
  public String leftWords(double threshold) {
    return Words.campaign(name, campaignId)
        + " is back below "
        + Words.percent(threshold)
        + " of its quota: "
        + Words.of(used, quota);
  }
}
