package io.creditflow.projection;

import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.RunwayReason;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes how long a workspace's credits last at the current burn rate. It simulates the burn-down
 * from one grant boundary to the next: usage draws on the grants in burn-down order, an expiry
 * forfeits the remaining credits of a grant, and scheduled grants take effect. The credits run out
 * at the first instant at which none are left, whether spent or expired.
 */
public final class Runway {
  private static final double HORIZON_DAYS = 731;

  private Runway() {}

  /**
   * @param now the last full minute, at which the simulation starts
   * @param grants the live and scheduled grants, each with its remaining credits as its amount
   * @param past the usage of all campaigns together
   */
  public static CreditsResponse.Runway of(
      WorkspaceDays days, Instant now, List<Grant> grants, DailyHistory past) {
    long minute = now.toEpochMilli();
    BurnDown usual = new BurnDown(grants);
    usual.advance(minute);
    if (usual.remaining() == 0) {
      return CreditsResponse.Runway.NO_CREDITS;
    }
    BurnRate burnRate = BurnRate.of(past, BurnRate.Settings.STANDARD);
    if (past.workedDays() < CampaignProjection.WORKED_DAYS_MIN || burnRate.perDay() <= 0) {
      return new CreditsResponse.Runway(null, null, null, null, RunwayReason.TOO_LITTLE_USAGE);
    }
    Instant depletesAt = depletesAt(days, minute, burnRate, usual);
    return new CreditsResponse.Runway(
        depletesAt,
        depletesAt(days, minute, burnRate.high(), new BurnDown(grants)),
        depletesAt(days, minute, burnRate.low(), new BurnDown(grants)),
        grants.stream()
            .filter(grant -> grant.effectiveAt() <= minute)
            .mapToLong(grant -> usual.account(grant.grantId()).forfeited())
            .sum(),
        depletesAt == null ? RunwayReason.NOT_FORESEEN : null);
  }

  /** The instant at which no credits are left; null if that is not within two years. */
  private static @Nullable Instant depletesAt(
      WorkspaceDays days, long now, BurnRate burnRate, BurnDown burnDown) {
    double at = days.position(now);
    double horizon = at + HORIZON_DAYS;
    double used = 0;
    long drawn = 0;
    burnDown.advance(now);
    while (burnDown.nextBoundary() != Grant.NEVER) {
      long boundary = burnDown.nextBoundary();
      double next = days.position(boundary);
      used += burnRate.credits(at, next);
      long credits = Math.round(used) - drawn;
      if (credits >= burnDown.remaining()) {
        break;
      }
      burnDown.draw(credits);
      drawn += credits;
      burnDown.advance(boundary);
      at = next;
      if (burnDown.remaining() == 0) {
        return at > horizon ? null : CampaignProjection.minuteAfter(now, boundary);
      }
    }
    double end = burnRate.after(at, (double) burnDown.remaining());
    return end > horizon ? null : CampaignProjection.minuteAfter(now, days.at(end));
  }
}
