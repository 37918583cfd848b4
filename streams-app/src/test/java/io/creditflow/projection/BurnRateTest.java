package io.creditflow.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BurnRateTest {
  @Test
  void afterIsTheInverseOfCredits() {
    Random random = new Random(5);
    for (int run = 0; run < 2000; run++) {
      double[] factors = random.doubles(7).map(x -> x < 0.3 ? 0 : 2 * x).toArray();
      factors[run % 7] = 1;
      BurnRate burnRate = new BurnRate(0.1 + random.nextInt(500), factors, 0);
      double from = 20_000 + 30 * random.nextDouble();
      double credits = 10_000 * random.nextDouble();

      double to = burnRate.after(from, credits);

      assertThat(to).isGreaterThanOrEqualTo(from - 1e-6);
      assertThat(burnRate.credits(from, to)).as("run %d", run).isCloseTo(credits, within(1e-3));
    }
  }

  @Test
  void withoutPaceNoCreditsAreEverReached() {
    assertThat(new BurnRate(0, new double[] {1, 1, 1, 1, 1, 1, 1}, 0).after(20_000, 1))
        .isInfinite();
    assertThat(new BurnRate(5, new double[7], 0).after(20_000, 1)).isInfinite();
  }

  @Test
  void aPaceNextToNothingReachesNothing() {
    double[] even = {1, 1, 1, 1, 1, 1, 1};

    assertThat(new BurnRate(1e-9, even, 0).after(20_000, 1e12)).isInfinite();
    assertThat(new BurnRate(1e-3, even, 0).after(20_000, 1e3)).isCloseTo(1_020_000, within(1e-3));
  }

  @Test
  void aDayWithoutWorkSaysNothing() {
    long[] credits = {100, 100, 100, 0, 0, 0, 0, 100, 100, 100};
    double[] worked = {1, 1, 1, 0, 0, 0, 0, 1, 1, 1};

    BurnRate burnRate =
        BurnRate.of(new DailyHistory(20_000, credits, worked), BurnRate.Settings.STANDARD);

    assertThat(burnRate.credits(20_010, 20_017)).isCloseTo(700, within(1.0));
    assertThat(burnRate.error()).isCloseTo(0, within(1.0));
  }
}
