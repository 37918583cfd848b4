package io.creditflow.alert;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.events.AlertKind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of a campaign's quota is used. A quota of 0 is reached by the first credit used. Without
 * a quota, no threshold is reached.
 *
 * <p>The division is exact enough for inclusive thresholds. For amounts below 2^53, a ratio that
 * equals a threshold gives the same double as the threshold's decimal number: 8 of 10 gives 0.8.
 *
 * @param name the campaign's name; null until a version of the campaign has arrived
 * @param quota the quota in credits; null if the campaign has none
 * @param changedAt when the last usage, reversal or change of quota happened
 */
public record QuotaUsage(
    AlertSubject subject, @Nullable String name, long used, @Nullable Long quota, Instant changedAt)
    implements AlertMeasure {

  /** The measure of a campaign, which need not have a quota. */
  public static QuotaUsage of(String workspaceId, String campaignId, CampaignRow row) {
    CampaignVersion version = row.version();
    long changedAt = Math.max(row.changedAt(), version == null ? 0 : version.occurredAt());
    return new QuotaUsage(
        new AlertSubject(workspaceId, AlertKind.QUOTA, campaignId),
        version == null ? null : version.name(),
        row.total().credits(),
        version == null ? null : version.quota(),
        Instant.ofEpochMilli(changedAt));
  }

  /** The used part of the quota; null without a quota and for a quota of 0. */
  @Override
  public @Nullable Double value() {
    return quota == null || quota == 0 ? null : (Double) ((double) used / (double) quota);
  }

  @Override
  public ThresholdState evaluate(double threshold) {
    boolean isReached =
        quota != null && (quota == 0 ? used > 0 : (double) used / (double) quota >= threshold);
    return isReached ? ThresholdState.REACHED : ThresholdState.NOT_REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    return changedAt;
  }

  @Override
  public String reachedMessage() {
    long allowed = Objects.requireNonNull(quota, "no threshold is reached without a quota");
    return AlertMessages.campaign(name, subject.id())
        + (allowed == 0
            ? " has used " + AlertMessages.credits(used) + "; its quota allows none"
            : " has used "
                + AlertMessages.percent((double) used / (double) allowed)
                + " of its quota: "
                + AlertMessages.of(used, allowed));
  }

  @Override
  public String leftMessage(double threshold) {
    String campaign = AlertMessages.campaign(name, subject.id());
    if (quota == null) {
      return campaign + " has no quota now; it has used " + AlertMessages.credits(used);
    }
    return quota == 0
        ? campaign + " is back within its quota, which allows no credits: none are used"
        : campaign
            + " is back below "
            + AlertMessages.percent(threshold)
            + " of its quota: "
            + AlertMessages.of(used, quota);
  }
}
