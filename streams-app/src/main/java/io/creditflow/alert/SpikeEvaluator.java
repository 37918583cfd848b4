package io.creditflow.alert;

import io.creditflow.alert.SpikeRule.Usual;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.LeadSource;
import io.creditflow.usage.UsageCount;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the spikes of one campaign in the hours up to now. A spike opens with the first hour that
 * reaches its limit, and ends after 24 consecutive hours that do not reach theirs. Usage may arrive
 * in any order: late usage raises an alert if its hour is one of the last 24 and no spike is open.
 *
 * <p>The id of a SPIKE alert contains the hour in which the spike began. The id of its RECOVERED
 * alert contains the hour that ended the spike. So an alert has the same id no matter which
 * instance evaluates it, and when.
 *
 * @param name the campaign's name; null until a version of the campaign has arrived
 * @param zone the time zone of times in messages
 * @param hours the credits used in an hour, counted from 1970; negative if the campaign was not
 *     active
 * @param counts the usage in an hour
 */
public record SpikeEvaluator(
    AlertSubject subject,
    @Nullable String name,
    ZoneId zone,
    LongUnaryOperator hours,
    LongFunction<UsageCount> counts) {
  private static final long HOUR_SECONDS = 3600;

  /** The alerts to raise, and the state to keep. */
  public record Evaluation(List<CreditAlert> alerts, SpikeState after) {}

  /**
   * Evaluates the hours of the last day, or those since an open spike's last hour.
   *
   * @param reachesLimit whether an hour reaches its limit. May be false without a check for an hour
   *     that did not reach its limit before and has no new usage
   */
  public Evaluation evaluate(SpikeState before, LongPredicate reachesLimit, Instant now) {
    long currentHour = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS);
    long oldest = currentHour - SpikeRule.CALM_HOURS;
    List<CreditAlert> alerts = new ArrayList<>();
    long since = before.openSinceHour();
    long last = before.lastHour();
    for (long hour = before.open() ? last + 1 : oldest; hour <= currentHour; hour++) {
      if (since != SpikeState.NONE && hour > last + SpikeRule.CALM_HOURS) {
        alerts.add(alert(AlertLevel.RECOVERED, last + SpikeRule.CALM_HOURS, now));
        since = SpikeState.NONE;
        hour = Math.max(hour, oldest); // earlier hours are too old to raise an alert
      }
      if (reachesLimit.test(hour)) {
        last = hour;
        if (since == SpikeState.NONE) {
          since = hour;
          alerts.add(alert(AlertLevel.WARNING, hour, now));
        }
      }
    }
    return new Evaluation(alerts, new SpikeState(since, last));
  }

  private CreditAlert alert(AlertLevel level, long hour, Instant now) {
    Usual usual = SpikeRule.STANDARD.usual(hours, hour);
    UsageCount count = counts.apply(hour);
    Instant start = Instant.ofEpochSecond(hour * HOUR_SECONDS);
    Instant end = start.plusSeconds(HOUR_SECONDS);
    String which = "the hour from " + AlertMessages.moment(start, zone);
    String message =
        level == AlertLevel.WARNING
            ? " spent %s in %s (%s); about %s would be usual"
                .formatted(
                    AlertMessages.credits(count.credits()),
                    which,
                    parts(count),
                    AlertMessages.credits(Math.round(usual.expected())))
            : " is back to its usual pace: no spike in the 24 hours up to the end of " + which;
    double unit = Math.max(1, usual.expected());
    return subject.alert(
        subject.spikeId(level, hour),
        level,
        hundredths(Double.isInfinite(usual.limit()) ? 0 : usual.limit() / unit),
        hundredths(count.credits() / unit),
        AlertMessages.campaign(name, subject.id()) + message,
        end.isAfter(now) ? now : end);
  }

  /** The credits of an hour by source and activity, the largest first. */
  private static String parts(UsageCount count) {
    record Part(long credits, String what) {}
    return Stream.concat(
            Stream.of(LeadSource.values())
                .map(
                    source ->
                        new Part(count.leadCredits(source.ordinal()), "leads from " + source)),
            Stream.of(new Part(count.phoneCredits(), "phone numbers")))
        .filter(part -> part.credits > 0)
        .sorted(Comparator.comparingLong(Part::credits).reversed())
        .map(part -> AlertMessages.number(part.credits) + " for " + part.what)
        .collect(Collectors.joining(", "));
  }

  private static double hundredths(double ratio) {
    return Math.round(ratio * 100) / 100.0;
  }
}
