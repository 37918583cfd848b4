package io.creditflow.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * The rest of a live grant and how near its expiry is. A rest within N days of its expiry is due
 * notice from the moment on at which it is both live and that near.
 *
 * @param rest credits left of it
 * @param now as of when
 */
public record ExpiringRest(
    String grantId, long rest, Instant effectiveAt, Instant expiresAt, Instant now)
    implements Measure {
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  @Override
  public String subject() {
    return grantId;
  }

  @Override
  public String campaignId() {
    return null;
  }

  /** Days of 24 hours to the expiry, with a fraction. */
  @Override
  public double value() {
    return Math.max(0, Duration.between(now, expiresAt).toMillis() / DAY_MILLIS);
  }

  @Override
  public Standing standing(double threshold) {
    if (rest <= 0 || !expiresAt.isAfter(now)) {
      return Standing.UNKNOWN;
    }
    return crossedAt(threshold).isAfter(now) ? Standing.NOT_REACHED : Standing.REACHED;
  }

  @Override
  public Instant crossedAt(double threshold) {
    Instant near = expiresAt.minusMillis(Math.round(threshold * DAY_MILLIS));
    return near.isAfter(effectiveAt) ? near : effectiveAt;
  }

  @Override
  public String reachedWords(double threshold) {
    return Words.credits(rest)
        + " of grant "
        + grantId
        + (rest == 1 ? " expires in " : " expire in ")
        + Words.days(Duration.between(crossedAt(threshold), expiresAt))
        + " ("
        + Words.moment(expiresAt)
        + ") unless used before";
  }

  /** Never said: an expiry does not move away. */
  @Override
  public String leftWords(double threshold) {
    return "Grant " + grantId + " no longer expires within " + Alert.plain(threshold) + " days";
  }
}
