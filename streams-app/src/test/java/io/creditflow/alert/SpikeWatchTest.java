package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.alert.SpikeDetector.Change;
import io.creditflow.alert.SpikeWatch.Judgement;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpikeWatchTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final int SPIKE = 24 * 21 + 10;
  private final long[] hours = new long[24 * 24];

  SpikeWatchTest() {
    for (int i = 0; i < hours.length; i++) {
      hours[i] = 40L + i * 7 % 11;
    }
    hours[SPIKE] = 600;
  }

  @Test
  void howeverOftenItLooksASpikeIsRaisedOnceAndRecoversOnce() {
    List<Alert> perHour = watch(Duration.ofMinutes(60));
    List<Alert> perMinutes = watch(Duration.ofMinutes(7));

    assertThat(perMinutes)
        .extracting(Alert::level)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(perMinutes)
        .extracting(Alert::alertId)
        .containsExactlyElementsOf(perHour.stream().map(Alert::alertId).toList());
  }

  @Test
  void itIsSeenWithinAnHourOfTheHourThatIsOutOfLine() {
    Alert alert = watch(Duration.ofMinutes(60)).get(0);

    assertThat(alert.occurredAt()).isEqualTo(START.plus(Duration.ofHours(SPIKE + 1)));
    assertThat(alert.kind()).isEqualTo(AlertKind.SPIKE);
    assertThat(alert.value()).isGreaterThan(10);
    assertThat(alert.message())
        .isEqualTo(
            "Campaign \"Spring\" spent 600 credits in the hour from 23 Mar 2026, 10:00 UTC;"
                + " about 49 credits would be usual");
  }

  @Test
  void aDayOfAbsenceIsCaughtUpOnAndMoreIsNot() {
    SpikeState before = new SpikeState(SpikeState.NONE, hour(SPIKE - 1));

    assertThat(look(before, SPIKE + 20).alerts())
        .extracting(Alert::level)
        .containsExactly(AlertLevel.WARNING, AlertLevel.RECOVERED);
    assertThat(look(before, SPIKE + 30).alerts()).isEmpty();
  }

  @Test
  void aNewStateLooksBackNoFurtherThanWhatMayBeRaised() {
    assertThat(look(SpikeState.NEW, SPIKE + 30).alerts()).isEmpty();
    assertThat(look(SpikeState.NEW, SPIKE + 30).after().judgedThroughHour())
        .isEqualTo(hour(SPIKE + 29));
    assertThat(SpikeWatch.look("w", "c", null, SpikeState.NEW, new long[] {5}, START).alerts())
        .isEmpty();
  }

  /**
   * Most hours are dismissed by a bound that costs little; none may be that the whole past calls a
   * spike.
   */
  @Test
  void theCheapBoundHidesNoSpike() {
    int spikes = 0;
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long[] credits = new long[7 * 24 + random.nextInt(5 * 7 * 24)];
      int level = random.nextInt(100);
      int noise = 1 + random.nextInt(20);
      for (int i = 0; i < credits.length; i++) {
        credits[i] = random.nextInt(20) == 0 ? -1 : level + random.nextInt(noise);
      }
      credits[credits.length - 2 - random.nextInt(20)] += random.nextInt(level + 40);
      long openHour = hour(credits.length - 1);

      Judgement looked =
          SpikeWatch.look("w", "c", null, SpikeState.NEW, credits, instant(openHour));

      long first = Long.MAX_VALUE;
      for (long hour = openHour - 24; hour <= openHour && first == Long.MAX_VALUE; hour++) {
        long[] known = Arrays.copyOf(credits, credits.length - (int) (openHour - hour));
        if (SpikeDetector.judge(known, hour, true, false).change() == Change.STARTED) {
          first = hour;
        }
      }
      spikes += first == Long.MAX_VALUE ? 0 : 1;
      assertThat(looked.alerts().stream().map(Alert::alertId).findFirst().orElse("none"))
          .as("seed %d", seed)
          .isEqualTo(
              first == Long.MAX_VALUE
                  ? "none"
                  : Alert.id("w", AlertKind.SPIKE, "c", AlertLevel.WARNING.name(), first));
    }
    assertThat(spikes).isBetween(50, 290);
  }

  private static Instant instant(long hour) {
    return Instant.ofEpochSecond(hour * 3600);
  }

  private Judgement look(SpikeState before, int openHour) {
    return SpikeWatch.look(
        "w",
        "c",
        "Spring",
        before,
        Arrays.copyOf(hours, openHour + 1),
        START.plus(Duration.ofHours(openHour)));
  }

  /** Looks again and again, hours filling up evenly; the state goes through its bytes. */
  private List<Alert> watch(Duration every) {
    List<Alert> alerts = new ArrayList<>();
    SpikeState state = SpikeState.NEW;
    Instant end = START.plus(Duration.ofHours(hours.length));
    for (Instant now = START.plus(every); now.isBefore(end); now = now.plus(every)) {
      int openHour = (int) Duration.between(START, now).toHours();
      long[] known = Arrays.copyOf(hours, openHour + 1);
      known[openHour] = hours[openHour] * (now.getEpochSecond() % 3600) / 3600;
      Judgement judgement = SpikeWatch.look("w", "c", "Spring", state, known, now);
      alerts.addAll(judgement.alerts());
      state = SpikeState.decode(judgement.after().encode());
    }
    return alerts;
  }

  private static long hour(int index) {
    return START.getEpochSecond() / 3600 + index;
  }
}
