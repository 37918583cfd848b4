package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SpikeRuleTest {
  private static final SpikeRule RULE = SpikeRule.STANDARD;
  private static final int WEEKS = 8;

  @Test
  void aSteadyCampaignRaisesNone() {
    for (double perHour : new double[] {0.3, 1, 4, 20, 300, 20_000}) {
      for (int seed = 0; seed < 4; seed++) {
        assertThat(starts(poisson(seed, i -> perHour)))
            .as("%s per hour, seed %d", perHour, seed)
            .isEmpty();
      }
    }
  }

  @Test
  void anExactlyRegularCampaignRaisesNone() {
    assertThat(starts(exact(i -> 50))).isEmpty();
    assertThat(starts(exact(i -> officeHours(i) ? 80 : 0))).isEmpty();
  }

  @Test
  void aWeeklyRhythmRaisesNone() {
    for (int seed = 0; seed < 4; seed++) {
      assertThat(starts(poisson(seed, i -> officeHours(i) ? 120 : 2))).as("office").isEmpty();
      assertThat(starts(poisson(seed, i -> i / 24 % 7 == 0 ? 200 : 3))).as("Mondays").isEmpty();
    }
  }

  @Test
  void aWeeklyImportRaisesNone() {
    for (int seed = 0; seed < 4; seed++) {
      assertThat(starts(poisson(seed, i -> i % 168 == 58 ? 900 : 10))).isEmpty();
    }
  }

  @Test
  void aRampRaisesNone() {
    for (int seed = 0; seed < 4; seed++) {
      for (double perDay : new double[] {1.03, 0.97}) {
        assertThat(
                starts(poisson(seed, i -> (officeHours(i) ? 60 : 10) * Math.pow(perDay, i / 24.0))))
            .isEmpty();
      }
    }
  }

  @Test
  void aStopRaisesNone() {
    assertThat(starts(poisson(1, i -> i < 168 * 5 ? 60 : 0))).isEmpty();
  }

  @Test
  void aBurstOfOneHourIsOneSpike() {
    long[] hours = poisson(1, i -> officeHours(i) ? 60 : 10);
    int spike = 168 * 5 + 24 + 11;
    hours[spike] *= 8;

    assertThat(starts(hours)).containsExactly(spike);
  }

  @Test
  void aSpikeAtNightIsSeenThoughTheDayIsBusier() {
    long[] hours = poisson(2, i -> officeHours(i) ? 400 : 10);
    int night = 168 * 4 + 48 + 3;
    hours[night] = 200;

    assertThat(starts(hours)).containsExactly(night);
  }

  @Test
  void aSpikeDoesNotHideTheNextOne() {
    long[] hours = poisson(3, i -> 50);
    int first = 168 * 4 + 10;
    hours[first] = 900;
    hours[first + 48] = 900;

    assertThat(starts(hours)).containsExactly(first, first + 48);
  }

  @Test
  void aSpikeDoesNotHideTheNextOneAtItsHourAWeekLater() {
    long[] hours = poisson(5, i -> 50);
    int first = 168 * 4 + 10;
    hours[first] = 900;
    hours[first + 168] = 900;

    assertThat(starts(hours)).containsExactly(first, first + 168);
  }

  @Test
  void aLevelThatDoublesByALittleEachDayIsNoSpikeAndOneThatDoublesAtOnceIs() {
    assertThat(starts(poisson(6, i -> 50 + 50.0 * i / (168 * WEEKS)))).isEmpty();
    assertThat(starts(poisson(6, i -> i < 168 * 4 ? 50 : 150))).startsWith(168 * 4);
  }

  @Test
  void nothingIsEvaluatedInTheFirstWeek() {
    long[] hours = exact(i -> 10);
    hours[150] = 10_000;

    assertThat(starts(Arrays.copyOf(hours, 168))).isEmpty();
  }

  @Test
  void aPauseIsNotTakenForSilence() {
    long[] hours = poisson(4, i -> 100);
    Arrays.fill(hours, 168 * 2, 168 * 6, -1);

    assertThat(starts(hours)).isEmpty();
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
      long[] credits = new long[7 * 24 + 1 + random.nextInt(5 * 7 * 24)];
      int level = random.nextInt(100);
      int noise = 1 + random.nextInt(20);
      for (int i = 0; i < credits.length; i++) {
        credits[i] = random.nextInt(20) == 0 ? -1 : level + random.nextInt(noise);
      }
      int last = credits.length - 1;
      credits[last] = level + (long) random.nextInt(2 * level + 40);

      boolean above = credits[last] >= RULE.usual(of(credits, last + 1), last).limit();

      spikes += above ? 1 : 0;
      assertThat(RULE.reachesLimit(of(credits, last + 1), last))
          .as("seed %d", seed)
          .isEqualTo(above);
    }
    assertThat(spikes).isBetween(50, 250);
  }

  /** The first so many hours; before them it was not at work. */
  private static LongUnaryOperator of(long[] hours, int count) {
    return hour -> hour < 0 ? -1 : hour < count ? hours[(int) hour] : 0;
  }

  /** Hours in which a spike opens, looked at while each hour is the last one. */
  private static List<Integer> starts(long[] hours) {
    List<Integer> starts = new ArrayList<>();
    int last = -SpikeRule.CALM_HOURS - 1;
    for (int i = 0; i < hours.length; i++) {
      if (RULE.reachesLimit(of(hours, i + 1), i)) {
        if (i > last + SpikeRule.CALM_HOURS) {
          starts.add(i);
        }
        last = i;
      }
    }
    return starts;
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
