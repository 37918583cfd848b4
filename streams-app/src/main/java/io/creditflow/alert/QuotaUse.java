package io.creditflow.alert;

import java.time.Instant;

/**
 * How much of a campaign's quota is used. A quota of 0 is exceeded by the first credit and not
 * before; without a quota no threshold is reached.
 *
 * <p>The division is exact enough for inclusive thresholds: amounts below 2^53 divide to the very
 * double that the threshold's decimal reads as when they are equal, so 8 of 10 is 0.8.
 *
 * @param name the campaign's; null until it is described
 * @param quota null if it has none
 * @param changedAt when the last usage, reversal or change of quota happened
 */
public record QuotaUse(String campaignId, String name, long used, Long quota, Instant changedAt)
    implements Measure {

  @Override
  public String subject() {
    return campaignId;
  }

  /** Null without a quota and for a quota of 0. */
  @Override
  public Double value() {
    return quota == null || quota == 0 ? null : (Double) ((double) used / (double) quota);
  }

  @Override
  public Standing standing(double threshold) {
    boolean isReached =
        quota != null && (quota == 0 ? used > 0 : (double) used / (double) quota >= threshold);
    return isReached ? Standing.REACHED : Standing.NOT_REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    return changedAt;
  }

  @Override
  public String reachedWords(double threshold) {
    return Words.campaign(name, campaignId)
        + (quota == 0
            ? " has used " + Words.credits(used) + "; its quota allows none"
            : " has used " + Words.percent(value()) + " of its quota: " + Words.of(used, quota));
  }

  @Override
  public String leftWords(double threshold) {
    String campaign = Words.campaign(name, campaignId);
    if (quota == null) {
      return campaign + " has no quota now; it has used " + Words.credits(used);
    }
    return quota == 0
        ? campaign + " is back within its quota, which allows no credits: none are used"
        : campaign
            + " is back below "
            + Words.percent(threshold)
            + " of its quota: "
            + Words.of(used, quota);
  }
}
