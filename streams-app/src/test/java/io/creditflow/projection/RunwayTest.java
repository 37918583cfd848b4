package io.creditflow.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.RunwayReason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunwayTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 30);
  private static final Instant NOW = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant();

  @Test
  void aGrantLastsAsLongAsThePaceLetsIt() {
    CreditsAnswer.Runway runway = runway(100, live(1000, null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(10), within(1, ChronoUnit.HOURS));
    assertThat(runway.earliest()).isBetween(inDays(8), runway.depletesAt());
    assertThat(runway.latest()).isBetween(runway.depletesAt(), inDays(13));
    assertThat(runway.forfeitedAtExpiry()).isZero();
    assertThat(runway.reason()).isNull();
  }

  @Test
  void aScheduledGrantThatBeginsInTimeExtendsIt() {
    CreditsAnswer.Runway runway =
        runway(100, live(1000, null), new GrantAhead(500, inDays(9), null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(15), within(1, ChronoUnit.HOURS));
  }

  @Test
  void aScheduledGrantThatBeginsTooLateDoesNot() {
    CreditsAnswer.Runway runway =
        runway(100, live(1000, null), new GrantAhead(500, inDays(12), null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(10), within(1, ChronoUnit.HOURS));
  }

  @Test
  void anExpiryBeforeTheRestIsSpentEndsItAndForfeitsTheRest() {
    CreditsAnswer.Runway runway = runway(100, live(1000, inDays(4)));

    assertThat(runway.depletesAt()).isEqualTo(inDays(4));
    assertThat(runway.earliest()).isEqualTo(inDays(4));
    assertThat(runway.latest()).isEqualTo(inDays(4));
    assertThat(runway.forfeitedAtExpiry()).isEqualTo(600);
  }

  @Test
  void grantsAreDrawnOnInTheOrderGiven() {
    GrantAhead expiring = live(300, inDays(5));
    GrantAhead lasting = live(1000, null);

    assertThat(runway(100, expiring, lasting).forfeitedAtExpiry()).isZero();
    assertThat(runway(100, lasting, expiring).forfeitedAtExpiry()).isEqualTo(300);
    assertThat(runway(100, expiring, lasting).depletesAt())
        .isCloseTo(inDays(13), within(1, ChronoUnit.HOURS));
  }

  @Test
  void withoutUsageNeitherEndNorForfeitIsForeseen() {
    CreditsAnswer.Runway runway = runway(0, live(1000, inDays(4)), live(70, null));

    assertThat(runway)
        .isEqualTo(new CreditsAnswer.Runway(null, null, null, null, RunwayReason.TOO_LITTLE_USAGE));
  }

  @Test
  void whatLastsBeyondTwoYearsIsNotForeseen() {
    CreditsAnswer.Runway runway = runway(1, live(100_000, inDays(3650)));

    assertThat(runway.depletesAt()).isNull();
    assertThat(runway.latest()).isNull();
    assertThat(runway.reason()).isEqualTo(RunwayReason.NOT_FORESEEN);
    assertThat(runway.forfeitedAtExpiry()).isCloseTo(100_000 - 3650, within(60L));
  }

  @Test
  void creditsAlreadyGoneAreNoForecast() {
    for (long perDay : new long[] {0, 100}) {
      assertThat(runway(perDay, live(0, null), new GrantAhead(500, inDays(2), null)))
          .isEqualTo(CreditsAnswer.Runway.NO_CREDITS);
      assertThat(runway(perDay)).isEqualTo(CreditsAnswer.Runway.NO_CREDITS);
    }
  }

  private static CreditsAnswer.Runway runway(long perDay, GrantAhead... grants) {
    long[] daily = new long[29];
    Arrays.fill(daily, 0, 28, perDay);
    return Runway.of(
        new WorkspacePast(
            ZoneOffset.UTC,
            NOW,
            List.of(grants),
            DailyCredits.from(TODAY.minusDays(28), daily),
            DayRhythm.even()));
  }

  private static GrantAhead live(long rest, Instant end) {
    return new GrantAhead(rest, NOW.minus(30, ChronoUnit.DAYS), end);
  }

  private static Instant inDays(int days) {
    return NOW.plus(days, ChronoUnit.DAYS);
  }
}
