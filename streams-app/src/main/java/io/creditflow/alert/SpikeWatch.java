package io.creditflow.alert;

import io.creditflow.alert.SpikeRule.Usual;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.LeadSource;
import io.creditflow.usage.UsageCount;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Watches one campaign for spikes over the hours up to now, whenever their credits came in: a burst
 * that arrives late is raised as long as its hour is one of the last 24 closed ones.
 *
 * <p>The arming number of a SPIKE alert is the hour it began in (and of its RECOVERED the hour that
 * ended it), so any instance, looking at whatever moments, gives the same alert the same id.
 *
 * @param name the campaign's; null until it is described
 * @param zone in which messages speak
 */
public record SpikeWatch(String workspaceId, String campaignId, String name, ZoneId zone) {
  private static final long HOUR_SECONDS = 3600;
  private static final SpikeRule RULE = SpikeRule.STANDARD;

  /** What came of it. */
  public record Judgement(List<Alert> alerts, SpikeState after) {}

  /**
   * @param hours credits by hour since the epoch; negative where the campaign was not at work
   * @param counts what was done in an hour
   */
  public Judgement look(
      SpikeState before, LongUnaryOperator hours, LongFunction<UsageCount> counts, Instant now) {
    long openHour = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS);
    long oldest = openHour - SpikeRule.CALM_HOURS;
    List<Alert> alerts = new ArrayList<>();
    long since = before.openSinceHour();
    long last = before.lastHour();
    for (long hour = before.open() ? last + 1 : oldest; hour <= openHour; hour++) {
      if (since != SpikeState.NONE && hour > last + SpikeRule.CALM_HOURS) {
        alerts.add(alert(AlertLevel.RECOVERED, last + SpikeRule.CALM_HOURS, hours, null, now));
        since = SpikeState.NONE;
        hour = Math.max(hour, oldest); // what began and ended before is too old to raise
      }
      if (RULE.isOutOfLine(hours, hour)) {
        last = hour;
        if (since == SpikeState.NONE) {
          since = hour;
          alerts.add(alert(AlertLevel.WARNING, hour, hours, counts.apply(hour), now));
        }
      }
    }
    return new Judgement(alerts, new SpikeState(since, last));
  }

  /**
   * @param count of the hour; null if the spike is over
   */
  private Alert alert(
      AlertLevel level, long hour, LongUnaryOperator hours, UsageCount count, Instant now) {
    Usual usual = RULE.usual(hours, hour);
    long credits = Math.max(0, hours.applyAsLong(hour));
    Instant start = Instant.ofEpochSecond(hour * HOUR_SECONDS);
    Instant end = start.plusSeconds(HOUR_SECONDS);
    String which = "the hour from " + Words.moment(start, zone);
    String message =
        level == AlertLevel.WARNING
            ? " spent %s in %s (%s); about %s would be usual"
                .formatted(
                    Words.credits(credits),
                    which,
                    behind(count),
                    Words.credits(Math.round(usual.expected())))
            : " is back to its usual pace: no spike in the 24 hours up to the end of " + which;
    double unit = Math.max(1, usual.expected());
    return new Alert(
        Alert.spikeId(workspaceId, campaignId, level, hour),
        workspaceId,
        campaignId,
        null,
        AlertKind.SPIKE,
        level,
        hundredths(Double.isInfinite(usual.limit()) ? 0 : usual.limit() / unit),
        hundredths(credits / unit),
        Words.campaign(name, campaignId) + message,
        end.isAfter(now) ? now : end);
  }

  /** What an hour's credits were spent for, most first. */
  private static String behind(UsageCount count) {
    Map<Long, List<String>> parts = new TreeMap<>((a, b) -> Long.compare(b, a));
    for (LeadSource source : LeadSource.values()) {
      put(parts, count.leadCredits(source.ordinal()), "leads from " + source);
    }
    put(parts, count.phoneCredits(), "phone numbers");
    return parts.values().stream().flatMap(List::stream).collect(Collectors.joining(", "));
  }

  private static void put(Map<Long, List<String>> parts, long credits, String words) {
    if (credits > 0) {
      parts
          .computeIfAbsent(credits, same -> new ArrayList<>())
          .add("%,d for %s".formatted(credits, words));
    }
  }

  private static double hundredths(double ratio) {
    return Math.round(ratio * 100) / 100.0;
  }
}
