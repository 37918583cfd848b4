package io.creditflow.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.creditflow.grant.Grant;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.RunwayReason;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class RunwayTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 30);
  private static final Instant NOW = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant();

  @Test
  void aGrantLastsAsLongAsThePaceLetsIt() {
    CreditsResponse.Runway runway = runway(100, live(1000, null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(10), within(1, ChronoUnit.HOURS));
    assertThat(runway.earliest()).isBetween(inDays(8), runway.depletesAt());
    assertThat(runway.latest()).isBetween(runway.depletesAt(), inDays(13));
    assertThat(runway.forfeitedAtExpiry()).isZero();
    assertThat(runway.reason()).isNull();
  }

  @Test
  void aScheduledGrantThatBeginsInTimeExtendsIt() {
    CreditsResponse.Runway runway = runway(100, live(1000, null), grant(500, inDays(9), null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(15), within(1, ChronoUnit.HOURS));
  }

  @Test
  void aScheduledGrantThatBeginsTooLateDoesNot() {
    CreditsResponse.Runway runway = runway(100, live(1000, null), grant(500, inDays(12), null));

    assertThat(runway.depletesAt()).isCloseTo(inDays(10), within(1, ChronoUnit.HOURS));
  }

  @Test
  void anExpiryBeforeTheRestIsSpentEndsItAndForfeitsTheRest() {
    CreditsResponse.Runway runway = runway(100, live(1000, inDays(4)));

    assertThat(runway.depletesAt()).isEqualTo(inDays(4));
    assertThat(runway.earliest()).isEqualTo(inDays(4));
    assertThat(runway.latest()).isEqualTo(inDays(4));
    assertThat(runway.forfeitedAtExpiry()).isEqualTo(600);
  }

  @Test
  void grantsAreDrawnOnInTheOrderGiven() {
    Grant expiring = live(300, inDays(5));
    Grant lasting = live(1000, null);
    Grant first = grant(1000, NOW.minus(30, ChronoUnit.DAYS), null, -1);

    assertThat(runway(100, expiring, lasting).forfeitedAtExpiry()).isZero();
    assertThat(runway(100, expiring, first).forfeitedAtExpiry()).isEqualTo(300);
    assertThat(runway(100, expiring, lasting).depletesAt())
        .isCloseTo(inDays(13), within(1, ChronoUnit.HOURS));
  }

  @Test
  void whatExpiresOfAGrantThatIsStillToBeginIsNotForfeitedYet() {
    CreditsResponse.Runway runway =
        runway(100, live(1000, inDays(4)), grant(1000, inDays(3), inDays(6)));

    assertThat(runway.depletesAt()).isEqualTo(inDays(6));
    assertThat(runway.forfeitedAtExpiry()).isEqualTo(600);
  }

  @Test
  void withoutUsageNeitherEndNorForfeitIsForeseen() {
    CreditsResponse.Runway runway = runway(0, live(1000, inDays(4)), live(70, null));

    assertThat(runway)
        .isEqualTo(
            new CreditsResponse.Runway(null, null, null, null, RunwayReason.TOO_LITTLE_USAGE));
  }

  @Test
  void whatLastsBeyondTwoYearsIsNotForeseen() {
    CreditsResponse.Runway runway = runway(1, live(100_000, inDays(3650)));

    assertThat(runway.depletesAt()).isNull();
    assertThat(runway.latest()).isNull();
    assertThat(runway.reason()).isEqualTo(RunwayReason.NOT_FORESEEN);
    assertThat(runway.forfeitedAtExpiry()).isCloseTo(100_000 - 3650, within(60L));
  }

  @Test
  void creditsAlreadyGoneAreNoForecast() {
    for (long perDay : new long[] {0, 100}) {
      assertThat(runway(perDay, live(0, null), grant(500, inDays(2), null)))
          .isEqualTo(CreditsResponse.Runway.NO_CREDITS);
      assertThat(runway(perDay)).isEqualTo(CreditsResponse.Runway.NO_CREDITS);
    }
  }

  private static CreditsResponse.Runway runway(long perDay, Grant... grants) {
    long[] daily = new long[29];
    Arrays.fill(daily, 0, 28, perDay);
    WorkspaceDays days = new WorkspaceDays(ZoneOffset.UTC);
    ActivePeriods active = ActivePeriods.since(NOW.minus(28, ChronoUnit.DAYS));
    return Runway.of(days, NOW, List.of(grants), DailyHistory.of(days, active, NOW, daily));
  }

  private static Grant live(long rest, Instant end) {
    return grant(rest, NOW.minus(30, ChronoUnit.DAYS), end);
  }

  private static Grant grant(long amount, Instant from, Instant end) {
    return grant(amount, from, end, 0);
  }

  private static Grant grant(long amount, Instant from, Instant end, int priority) {
    long expiresAt = end == null ? Grant.NEVER : end.toEpochMilli();
    String id = "g" + priority + from + end + amount;
    return new Grant(
        id, amount, from.toEpochMilli(), expiresAt, priority, null, id, Grant.NEVER, null, null);
  }

  private static Instant inDays(int days) {
    return NOW.plus(days, ChronoUnit.DAYS);
  }
}
