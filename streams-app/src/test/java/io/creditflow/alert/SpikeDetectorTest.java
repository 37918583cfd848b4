package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.alert.SpikeDetector.Change;
import io.creditflow.alert.SpikeDetector.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SpikeDetectorTest {
  /** A Monday, 00:00 UTC, in hours since the epoch. */
  private static final long MONDAY = 24L * (4 + 7 * 2900);

  private static final int WEEKS = 8;

  @Test
  void aSteadyCampaignRaisesNone() {
    for (double perHour : new double[] {0.3, 1, 4, 20, 300, 20_000}) {
      for (int seed = 0; seed < 4; seed++) {
        long[] hours = poisson(seed, i -> perHour);
        assertThat(started(hours)).as("%s per hour, seed %d", perHour, seed).isEmpty();
      }
    }
  }

  @Test
  void anExactlyRegularCampaignRaisesNone() {
    assertThat(started(exact(i -> 50))).isEmpty();
    assertThat(started(exact(i -> officeHours(i) ? 80 : 0))).isEmpty();
  }

  @Test
  void aWeeklyRhythmRaisesNone() {
    for (int seed = 0; seed < 4; seed++) {
      assertThat(started(poisson(seed, i -> officeHours(i) ? 120 : 2)))
          .as("office hours")
          .isEmpty();
      assertThat(started(poisson(seed, i -> i / 24 % 7 == 0 ? 200 : 3))).as("Mondays").isEmpty();
      assertThat(started(poisson(seed, i -> i % 168 == 58 ? 900 : 10)))
          .as("one hour a week, after the first two times")
          .allMatch(hour -> hour < 168 * 2);
    }
  }

  @Test
  void slowGrowthRaisesNone() {
    for (int seed = 0; seed < 4; seed++) {
      long[] hours = poisson(seed, i -> (officeHours(i) ? 60 : 10) * Math.pow(1.03, i / 24.0));
      assertThat(started(hours)).isEmpty();
    }
  }

  @Test
  void aSpikeIsSeenInItsOwnHourAndRecovers() {
    long[] hours = poisson(1, i -> officeHours(i) ? 60 : 10);
    int spike = 168 * 5 + 24 + 11;
    hours[spike] *= 8;

    assertThat(changes(hours))
        .containsExactly(spike + ":STARTED", spike + SPIKE_TO_RECOVERY + ":RECOVERED");
  }

  private static final int SPIKE_TO_RECOVERY = 3;

  @Test
  void aSpikeAtNightIsSeenThoughTheDayIsBusier() {
    long[] hours = poisson(2, i -> officeHours(i) ? 400 : 10);
    int night = 168 * 4 + 48 + 3;
    hours[night] = 200;

    assertThat(started(hours)).containsExactly(night);
  }

  @Test
  void aSpikeOnASaturdayIsSeenThoughWorkingDaysAreBusier() {
    long[] hours = poisson(6, i -> officeHours(i) ? 400 : 10);
    int saturday = 168 * 4 + 24 * 5 + 11;
    hours[saturday] = 300;

    assertThat(started(hours)).containsExactly(saturday);
  }

  @Test
  void anOpenHourIsOutOfLineAsSoonAsItsCreditsAreAndNeverRecovers() {
    long[] hours = poisson(3, i -> 50);
    long[] known = Arrays.copyOf(hours, 168 * 3);
    known[known.length - 1] = 500;
    long last = MONDAY + known.length - 1;

    assertThat(SpikeDetector.judge(known, last, false, false).change()).isEqualTo(Change.STARTED);
    known[known.length - 1] = 0;
    assertThat(SpikeDetector.judge(known, last, false, false).change()).isEqualTo(Change.NONE);
    assertThat(SpikeDetector.judge(known, last, false, true).change()).isEqualTo(Change.NONE);
    assertThat(SpikeDetector.judge(known, last, true, true).change()).isEqualTo(Change.RECOVERED);
  }

  @Test
  void nothingIsJudgedInTheFirstWeek() {
    long[] hours = exact(i -> 10);
    hours[150] = 10_000;

    assertThat(started(Arrays.copyOf(hours, 168))).isEmpty();
  }

  @Test
  void aPauseIsNotTakenForSilence() {
    long[] hours = poisson(4, i -> 100);
    Arrays.fill(hours, 168 * 2, 168 * 6, -1);

    assertThat(started(hours)).isEmpty();
  }

  @Test
  void leadingSilenceAndOlderHoursDoNotMatter() {
    long[] hours = poisson(5, i -> 30);
    hours[hours.length - 1] = 400;
    long[] padded = new long[hours.length + 500];
    System.arraycopy(hours, 0, padded, 500, hours.length);
    Verdict alone = SpikeDetector.judge(hours, MONDAY + hours.length - 1, true, false);

    assertThat(SpikeDetector.judge(padded, MONDAY + hours.length - 1, true, false))
        .isEqualTo(alone);
    assertThat(alone.change()).isEqualTo(Change.STARTED);
    assertThat(alone.ratio()).isGreaterThan(alone.limitRatio());
  }

  private static List<Integer> started(long[] hours) {
    return changes(hours).stream()
        .filter(change -> change.endsWith(":STARTED"))
        .map(change -> Integer.parseInt(change.substring(0, change.indexOf(':'))))
        .toList();
  }

  private static List<String> changes(long[] hours) {
    List<String> changes = new ArrayList<>();
    boolean open = false;
    for (int i = 0; i < hours.length; i++) {
      Change change =
          SpikeDetector.judge(Arrays.copyOf(hours, i + 1), MONDAY + i, true, open).change();
      if (change != Change.NONE) {
        changes.add(i + ":" + change);
        open = change == Change.STARTED;
      }
    }
    return changes;
  }

  private static boolean officeHours(int hour) {
    return hour / 24 % 7 < 5 && hour % 24 >= 8 && hour % 24 < 18;
  }

  private static long[] exact(IntToDoubleFunction perHour) {
    long[] hours = new long[24 * 7 * WEEKS];
    for (int i = 0; i < hours.length; i++) {
      hours[i] = Math.round(perHour.applyAsDouble(i));
    }
    return hours;
  }

  private static long[] poisson(int seed, IntToDoubleFunction perHour) {
    Random random = new Random(seed);
    long[] hours = new long[24 * 7 * WEEKS];
    for (int i = 0; i < hours.length; i++) {
      double mean = perHour.applyAsDouble(i);
      hours[i] =
          mean > 500
              ? Math.round(mean + Math.sqrt(mean) * random.nextGaussian())
              : small(random, mean);
    }
    return hours;
  }

  private static long small(Random random, double mean) {
    double left = mean;
    long count = -1;
    while (left > 0 || count < 0) {
      left += Math.log(1 - random.nextDouble());
      count++;
    }
    return count;
  }
}
