package io.creditflow.projection;

import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.RunwayReason;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes how long a workspace's credits last at the current burn rate. It simulates the burn-down
 * from one grant boundary to the next: usage draws on the grants in burn-down order, an expiry
 * forfeits the remaining credits of a grant, and scheduled grants take effect. The credits run out
 * at the first instant at which none are left, whether spent or expired.
 */
public final class Runway {
  private static final double HORIZON_DAYS = 731;

  private final WorkspaceDays days;
  private final long now;
  private final long[] boundaries;

  private Runway(WorkspaceDays days, long now, List<Grant> grants) {
    this.days = days;
    this.now = now;
    boundaries =
        grants.stream()
            .flatMapToLong(grant -> LongStream.of(grant.effectiveAt(), grant.end()))
            .filter(at -> at > now && at != Grant.NEVER)
            .sorted()
            .distinct()
            .toArray();
  }

  /**
   * @param now the last full minute, at which the simulation starts
   * @param grants the live and scheduled grants, each with its remaining credits as its amount
   * @param past the usage of all campaigns together
   */
  public static CreditsResponse.Runway of(
      WorkspaceDays days, Instant now, List<Grant> grants, DailyHistory past) {
    Runway runway = new Runway(days, now.toEpochMilli(), grants);
    BurnDown present = new BurnDown(grants);
    present.advance(runway.now);
    if (present.remaining() == 0) {
      return CreditsResponse.Runway.NO_CREDITS;
    }
    BurnRate burnRate = BurnRate.of(past, BurnRate.Settings.STANDARD);
    if (past.workedDays() < CampaignProjection.WORKED_DAYS_MIN || burnRate.perDay() <= 0) {
      return new CreditsResponse.Runway(null, null, null, null, RunwayReason.TOO_LITTLE_USAGE);
    }
    BurnDown usual = new BurnDown(grants);
    Instant depletesAt = runway.depletesAt(burnRate, usual);
    return new CreditsResponse.Runway(
        depletesAt,
        runway.depletesAt(burnRate.high(), new BurnDown(grants)),
        runway.depletesAt(burnRate.low(), new BurnDown(grants)),
        grants.stream()
            .filter(grant -> grant.effectiveAt() <= runway.now)
            .mapToLong(grant -> usual.account(grant.grantId()).forfeited())
            .sum(),
        depletesAt == null ? RunwayReason.NOT_FORESEEN : null);
  }

  /** The instant at which no credits are left; null if that is not within two years. */
  private @Nullable Instant depletesAt(BurnRate burnRate, BurnDown burnDown) {
    double at = days.position(now);
    double horizon = at + HORIZON_DAYS;
    double used = 0;
    long drawn = 0;
    burnDown.advance(now);
    for (long boundary : boundaries) {
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
