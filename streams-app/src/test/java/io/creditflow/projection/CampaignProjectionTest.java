package io.creditflow.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class CampaignProjectionTest {

  @Test
  void steadyUsageGoesOnAsItWas() {
    CampaignProjection projection = SyntheticUsage.of(10, 20, day -> 100).project();

    assertThat(projection.usage()).isEqualTo(3000);
    assertThat(projection.reason()).isEqualTo("based on the last 10 days, pauses left out");
    assertThat(projection.low()).isBetween(2700L, 3000L);
    assertThat(projection.high()).isBetween(3000L, 3400L);
  }

  @Test
  void theWeeklyRhythmIsCarriedOn() {
    SyntheticUsage past = SyntheticUsage.of(21, 7, day -> weekend(day) ? 0 : 200);

    assertThat(past.project().usage()).isCloseTo(past.used() + 1000, within(20L));
    assertThat(past.end(past.now().plus(5, ChronoUnit.DAYS)).project().usage())
        .as("five working days, though three weeks are not quite believed yet")
        .isBetween(past.used() + 850, past.used() + 1000);
  }

  @Test
  void aWeeklyImportComesEveryWeek() {
    SyntheticUsage past =
        SyntheticUsage.of(28, 21, day -> day.getDayOfWeek() == DayOfWeek.MONDAY ? 700 : 0);

    assertThat(past.project().usage()).isCloseTo(past.used() + 2100, within(100L));
  }

  @Test
  void aRampIsFollowed() {
    SyntheticUsage up =
        SyntheticUsage.of(
            40, 7, day -> 100 + 10 * (day.toEpochDay() - SyntheticUsage.MONDAY.toEpochDay()));
    SyntheticUsage down =
        SyntheticUsage.of(
            40, 7, day -> 500 - 10 * (day.toEpochDay() - SyntheticUsage.MONDAY.toEpochDay()));

    assertThat(up.project().usage() - up.used()).isBetween(7 * 440L, 7 * 520L);
    assertThat(down.project().usage() - down.used()).isBetween(7 * 80L, 7 * 160L);
  }

  @Test
  void aStepIsFollowedWithinAWeek() {
    SyntheticUsage past =
        SyntheticUsage.of(
            40, 10, day -> day.isBefore(SyntheticUsage.MONDAY.plusDays(33)) ? 100 : 300);

    assertThat(past.project().usage() - past.used()).isBetween(10 * 230L, 10 * 300L);
  }

  @Test
  void oneStrangeDayDoesNotMakeTheShortMeanBelieved() {
    LocalDate yesterday = SyntheticUsage.MONDAY.plusDays(39);
    SyntheticUsage past = SyntheticUsage.of(40, 10, day -> day.equals(yesterday) ? 200 : 100);

    assertThat(past.project().usage() - past.used()).isBetween(10 * 98L, 10 * 110L);
  }

  @Test
  void theIntervalIsAsWideAsThePastErredNotWider() {
    SyntheticUsage steady = SyntheticUsage.of(40, 10, day -> 100);
    SyntheticUsage restless =
        SyntheticUsage.of(40, 10, day -> day.toEpochDay() / 3 % 2 == 0 ? 50 : 150);

    assertThat(width(steady.project())).isLessThan(10 * 5L);
    CampaignProjection wide = restless.project();
    assertThat(wide.usage() - wide.low()).isBetween(10 * 25L, 10 * 75L);
    assertThat(wide.high() - wide.usage()).isBetween(10 * 25L, 10 * 75L);
  }

  @Test
  void afterAStopLittleMoreIsExpected() {
    SyntheticUsage past =
        SyntheticUsage.of(
            40, 30, day -> day.isBefore(SyntheticUsage.MONDAY.plusDays(30)) ? 100 : 0);

    assertThat(past.project().usage() - past.used()).isBetween(0L, 15 * 30L);
  }

  @Test
  void aSingleBurstIsNotExpectedAgain() {
    LocalDate burst = SyntheticUsage.MONDAY.plusDays(9);
    SyntheticUsage past = SyntheticUsage.of(28, 28, day -> day.equals(burst) ? 5000 : 100);

    assertThat(past.project().usage() - past.used()).isBetween(28 * 95L, 28 * 130L);
  }

  @Test
  void pausesDoNotSlowThePace() {
    Instant start = SyntheticUsage.MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant paused = start.plus(7, ChronoUnit.DAYS);
    Instant resumed = start.plus(21, ChronoUnit.DAYS);
    ActivePeriods active =
        ActivePeriods.of(
            List.of(
                new ActivePeriods.StatusChange(start, true),
                new ActivePeriods.StatusChange(paused, false),
                new ActivePeriods.StatusChange(resumed, true)),
            null,
            start);
    SyntheticUsage past =
        SyntheticUsage.of(
                28,
                10,
                day ->
                    day.isBefore(SyntheticUsage.MONDAY.plusDays(7))
                            || !day.isBefore(SyntheticUsage.MONDAY.plusDays(21))
                        ? 50
                        : 0)
            .activeTime(active);

    assertThat(past.used()).isEqualTo(700);
    assertThat(past.project().usage()).isEqualTo(1200);
    assertThat(past.project().reason()).isEqualTo("based on the last 14 days, pauses left out");
  }

  @Test
  void aPartOfTodayCountsAsAPart() {
    SyntheticUsage whole = SyntheticUsage.of(10, 10, day -> 240);
    Instant noon = whole.now().plus(12, ChronoUnit.HOURS);

    assertThat(whole.at(noon).project().usage()).isEqualTo(4800);
  }

  @Test
  void halfAnHourAtTheStartOfADayDoesNotReadAsASlowDay() {
    SyntheticUsage past = SyntheticUsage.of(10, 10, day -> 240);

    assertThat(past.at(past.now().plus(30, ChronoUnit.MINUTES)).project().usage()).isEqualTo(4800);
  }

  @Test
  void whatDoesNotRunIsProjectedAtWhatItUsed() {
    SyntheticUsage past = SyntheticUsage.of(10, 20, day -> 100);

    assertThat(past.inactive().project())
        .isEqualTo(new CampaignProjection(1000L, 1000L, 1000L, null, null));
    assertThat(past.end(past.now()).project().usage()).isEqualTo(1000);
    assertThat(past.end(past.now().minusSeconds(1)).project().usage()).isEqualTo(1000);
  }

  @Test
  void tooLittleToGoByIsSaidInWords() {
    assertThat(SyntheticUsage.of(1, 20, day -> 100).project().reason())
        .isEqualTo("too little to go by: only one day of activity so far");
    assertThat(SyntheticUsage.of(9, 20, day -> 0).project().reason())
        .isEqualTo("too little to go by: no credits used yet");
    SyntheticUsage hours = SyntheticUsage.of(0, 20, day -> 100);
    CampaignProjection young = hours.at(hours.now().plus(5, ChronoUnit.HOURS)).project();
    assertThat(young.reason()).isEqualTo("too little to go by: less than a day of activity so far");
    assertThat(young.usage()).isNull();
    assertThat(young.low()).isNull();
    assertThat(young.high()).isNull();
    assertThat(young.quotaReachedAt()).isNull();
  }

  @Test
  void aDayIsEnoughWhenLessThanADayIsToCome() {
    SyntheticUsage past = SyntheticUsage.of(1, 1, day -> 100);

    assertThat(past.project().usage()).isEqualTo(200);
  }

  @Test
  void theQuotaIsReachedWhereThePaceTakesIt() {
    SyntheticUsage past = SyntheticUsage.of(10, 20, day -> 100).quota(1500);
    CampaignProjection projection = past.project();

    assertThat(projection.quotaReachedAt())
        .isCloseTo(past.now().plus(5, ChronoUnit.DAYS), within(15, ChronoUnit.MINUTES));
  }

  @Test
  void aQuotaAlreadyReachedOrOutOfReachHasNoInstant() {
    assertThat(SyntheticUsage.of(10, 20, day -> 100).quota(1000).project().quotaReachedAt())
        .isNull();
    assertThat(SyntheticUsage.of(10, 20, day -> 100).quota(900).project().quotaReachedAt())
        .isNull();
    assertThat(SyntheticUsage.of(10, 20, day -> 100).quota(3001).project().quotaReachedAt())
        .isNull();
  }

  @Test
  void roundedUsageAndQuotaInstantNeverContradictEachOther() {
    Random random = new Random(7);
    for (int run = 0; run < 300; run++) {
      long perDay = 1L + random.nextInt(30);
      SyntheticUsage past =
          SyntheticUsage.of(5 + random.nextInt(20), 1 + random.nextInt(40), day -> perDay);
      past = past.quota(past.used() + 1L + random.nextInt(600));
      CampaignProjection projection = past.project();
      assertThat(projection.quotaReachedAt() != null)
          .as("%s", projection)
          .isEqualTo(projection.usage() >= past.quota());
    }
  }

  @Test
  void boundsHoldForWhateverHistory() {
    Random random = new Random(3);
    for (int run = 0; run < 500; run++) {
      long scale = 1L << random.nextInt(30);
      long seed = random.nextLong();
      SyntheticUsage past =
          SyntheticUsage.of(
              2 + random.nextInt(60),
              1 + random.nextInt(400),
              day -> {
                Random own = new Random(seed ^ day.toEpochDay());
                return own.nextInt(3) == 0 ? 0 : (long) (Math.exp(own.nextGaussian()) * scale);
              });
      CampaignProjection projection = past.project();
      if (projection.usage() == null) {
        assertThat(projection.reason()).startsWith("too little to go by: ");
      } else {
        assertThat(projection.usage()).isGreaterThanOrEqualTo(past.used());
        assertThat(projection.low()).isBetween(past.used(), projection.usage());
        assertThat(projection.high()).isGreaterThanOrEqualTo(projection.usage());
      }
    }
  }

  @Test
  void anEndInTheYear9999IsNoTrouble() {
    SyntheticUsage past =
        SyntheticUsage.of(10, 20, day -> 100).end(Instant.parse("9999-12-31T23:59:59.999Z"));

    assertThat(past.project().usage()).isCloseTo(100L * 365 * 7973, within(3_000_000L));
  }

  @Test
  void daysOf23And25HoursAreDays() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant start = SyntheticUsage.MONDAY.atStartOfDay(berlin).toInstant();
    SyntheticUsage past =
        SyntheticUsage.of(0, 0, day -> 100)
            .zone(berlin)
            .activeTime(ActivePeriods.since(start))
            .at(LocalDate.of(2026, 4, 6).atStartOfDay(berlin).toInstant())
            .end(LocalDate.of(2026, 4, 16).atStartOfDay(berlin).toInstant());

    assertThat(past.used()).isEqualTo(3500);
    assertThat(past.project().usage()).isEqualTo(4500);
  }

  @Test
  void theSamePastGivesTheSameNumbers() {
    SyntheticUsage past = SyntheticUsage.of(12, 30, day -> day.getDayOfMonth() * 7L);

    assertThat(past.project()).isEqualTo(past.project());
  }

  private static long width(CampaignProjection projection) {
    return projection.high() - projection.low();
  }

  private static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
