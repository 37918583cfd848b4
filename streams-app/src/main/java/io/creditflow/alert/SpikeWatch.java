package io.creditflow.alert;

import io.creditflow.alert.SpikeDetector.Change;
import io.creditflow.alert.SpikeDetector.Verdict;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Watches one campaign for spikes: judges each closed hour once and the open one as often as asked.
 *
 * <p>The arming number of a SPIKE alert is the hour it began in (and of its RECOVERED the hour that
 * ended it), so any instance, flushing at whatever moments, gives the same alert the same id.
 */
public final class SpikeWatch {
  private static final long HOUR_SECONDS = 3600;

  /** Closed hours further back are not caught up on: their alerts would be too old to raise. */
  private static final int CATCH_UP_HOURS = 24;

  private SpikeWatch() {}

  /**
   * What came of it.
   *
   * @param limit credits in the open hour that are out of line; none are if nothing can be said yet
   */
  public record Judgement(List<Alert> alerts, SpikeState after, double limit) {}

  /**
   * @param name the campaign's; null until it is described
   * @param credits per UTC hour, oldest first, ending with the hour that holds now; negative where
   *     the campaign was not active. More than {@link SpikeDetector#HOURS_MAX} + 24 are of no use
   */
  public static Judgement look(
      String workspaceId,
      String campaignId,
      String name,
      SpikeState before,
      long[] credits,
      Instant now) {
    long openHour = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS);
    List<Alert> alerts = new ArrayList<>();
    SpikeState state = before;
    double limit = Double.POSITIVE_INFINITY;
    long oldest = openHour - Math.min(CATCH_UP_HOURS, Math.max(0, credits.length - 1));
    for (long hour = Math.max(oldest, before.judgedThroughHour() + 1); hour <= openHour; hour++) {
      boolean closed = hour < openHour;
      if (closed && !state.open() && isNoSpike(credits, hour, openHour)) {
        state = new SpikeState(SpikeState.NONE, hour);
        continue;
      }
      long[] known = Arrays.copyOf(credits, credits.length - (int) (openHour - hour));
      Verdict verdict = SpikeDetector.judge(known, hour, closed, state.open());
      limit = verdict.limit() > 0 ? verdict.limit() : Double.POSITIVE_INFINITY;
      Instant at = closed ? Instant.ofEpochSecond((hour + 1) * HOUR_SECONDS) : now;
      if (verdict.change() != Change.NONE) {
        alerts.add(alert(workspaceId, campaignId, name, hour, verdict, at));
      }
      state =
          new SpikeState(
              switch (verdict.change()) {
                case STARTED -> hour;
                case RECOVERED -> SpikeState.NONE;
                case NONE -> state.openSinceHour();
              },
              closed ? hour : state.judgedThroughHour());
    }
    return new Judgement(List.copyOf(alerts), state, limit);
  }

  /** What a bound can say without the whole past; it says so of nearly every hour. */
  private static boolean isNoSpike(long[] credits, long hour, long openHour) {
    LongUnaryOperator at =
        other -> {
          long i = credits.length - 1 - (openHour - other);
          return i < 0 ? 0 : credits[(int) i];
        };
    return at.applyAsLong(hour) < SpikeDetector.leastLimit(hour, at);
  }

  private static Alert alert(
      String workspaceId, String campaignId, String name, long hour, Verdict verdict, Instant at) {
    boolean started = verdict.change() == Change.STARTED;
    AlertLevel level = started ? AlertLevel.WARNING : AlertLevel.RECOVERED;
    String hourWords =
        "the hour from " + Words.moment(Instant.ofEpochSecond(hour * HOUR_SECONDS), ZoneOffset.UTC);
    String spent = Words.credits(Math.round(verdict.credits()));
    String expected = Words.credits(Math.round(verdict.expected()));
    return new Alert(
        Alert.spikeId(workspaceId, campaignId, level, hour),
        workspaceId,
        campaignId,
        null,
        AlertKind.SPIKE,
        level,
        hundredths(verdict.limitRatio()),
        hundredths(verdict.ratio()),
        Words.campaign(name, campaignId)
            + (started
                ? " spent " + spent + " in " + hourWords + "; about " + expected + " would be usual"
                : " is back to its usual pace in " + hourWords + ": " + spent),
        at);
  }

  private static double hundredths(double ratio) {
    return Math.round(ratio * 100) / 100.0;
  }
}
