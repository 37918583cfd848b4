package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The remaining credits of a live grant, and the time until it expires. A threshold of N days is
 * reached as soon as the grant is live and expires in at most N days. It is never left, because an
 * expiry does not move.
 *
 * @param rest the grant's remaining credits
 * @param now the instant of the measurement
 * @param zone the workspace's time zone, in which calendar days are counted
 */
public record ExpiringGrant(
    AlertSubject subject,
    long rest,
    Instant effectiveAt,
    Instant expiresAt,
    Instant now,
    ZoneId zone)
    implements AlertMeasure {
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * The measure of a grant; null unless the grant is live, has remaining credits and will expire
   * without being voided before.
   *
   * @param account the grant at the instant of the measurement
   * @param now the instant of the measurement, milliseconds since 1970
   */
  public static @Nullable ExpiringGrant of(
      String workspaceId, BurnDown.Account account, ZoneId zone, long now) {
    Grant grant = account.grant();
    return !account.live()
            || account.rest() == 0
            || grant.expiresAt() == Grant.NEVER
            || grant.endsByVoid()
        ? null
        : new ExpiringGrant(
            new AlertSubject(workspaceId, AlertKind.EXPIRY, grant.grantId()),
            account.rest(),
            Instant.ofEpochMilli(grant.effectiveAt()),
            Instant.ofEpochMilli(grant.expiresAt()),
            Instant.ofEpochMilli(now),
            zone);
  }

  /** Calendar days until the expiry in the zone, counted as in {@code daysRemaining}. */
  @Override
  public Double value() {
    return (double) days();
  }

  private long days() {
    return new WorkspaceDays(zone).between(now.toEpochMilli(), expiresAt.toEpochMilli());
  }

  /** Thresholds are days of 24 hours. */
  @Override
  public ThresholdState evaluate(double threshold) {
    boolean isReached = rest > 0 && expiresAt.isAfter(now) && !crossedAt(threshold).isAfter(now);
    return isReached ? ThresholdState.REACHED : ThresholdState.UNKNOWN;
  }

  @Override
  public Instant crossedAt(double threshold) {
    Instant near = expiresAt.minusMillis(Math.round(threshold * DAY_MILLIS));
    return near.isAfter(effectiveAt) ? near : effectiveAt;
  }

  @Override
  public String reachedMessage() {
    long days = days();
    return AlertMessages.credits(rest)
        + " of grant "
        + subject.id()
        + (rest == 1 ? " expires " : " expire ")
        + (days == 0 ? "today" : days == 1 ? "in 1 day" : "in " + days + " days")
        + " ("
        + AlertMessages.moment(expiresAt, zone)
        + ") unless used before";
  }

  @Override
  public String leftMessage(double threshold) {
    throw new IllegalStateException("an expiry does not move");
  }
}
