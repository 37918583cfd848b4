package io.creditflow.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditflow.alert.Crossings.Judgement;
import io.creditflow.events.AlertLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrossingsTest {
  private static final Instant NOW = Instant.parse("2026-03-30T12:00:00Z");
  private static final Ladder QUOTA = Ladder.quota(0.8, 1);
  private static final Ladder LOW_BALANCE = Ladder.lowBalance(0.2, 0.1, 0);
  private static final Ladder EXPIRY = Ladder.expiry(30, 7, 1);

  private AlertState state = AlertState.NEW;

  @Test
  void exactly_80_percent_of_a_quota_fires_and_one_credit_less_does_not() {
    for (long quota : new long[] {5, 10, 35, 1_000, 123_455, 1_000_000_000_000L}) {
      long threshold = quota / 5 * 4;
      assertThat(judgeNew(QUOTA, quota(threshold, quota)).alerts())
          .as("%d of %d", threshold, quota)
          .extracting(Alert::level, Alert::threshold, Alert::value)
          .containsExactly(tuple(AlertLevel.WARNING, 0.8, 0.8));
      assertThat(judgeNew(QUOTA, quota(threshold - 1, quota)).alerts()).isEmpty();
    }
  }

  @Test
  void exactly_20_10_and_0_percent_of_the_allocation_fire() {
    assertThat(levels(LOW_BALANCE, balance(201, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(200, 1000))).containsExactly(AlertLevel.NOTICE);
    assertThat(levels(LOW_BALANCE, balance(101, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(100, 1000))).containsExactly(AlertLevel.WARNING);
    assertThat(levels(LOW_BALANCE, balance(1, 1000))).isEmpty();
    assertThat(levels(LOW_BALANCE, balance(0, 1000))).containsExactly(AlertLevel.CRITICAL);
    assertThat(levels(LOW_BALANCE, new BalanceLeft(0, 1000, 50, NOW))).isEmpty();
  }

  @Test
  void a_jump_over_several_thresholds_raises_each_of_them_once() {
    assertThat(levels(QUOTA, quota(100, 100)))
        .containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
    assertThat(levels(QUOTA, quota(150, 100))).isEmpty();
  }

  @Test
  void a_top_up_recovers_once_and_arms_every_threshold_left_again() {
    levels(LOW_BALANCE, balance(0, 1000));

    assertThat(levels(LOW_BALANCE, balance(1500, 2000))).containsExactly(AlertLevel.RECOVERED);
    assertThat(levels(LOW_BALANCE, balance(0, 2000)))
        .containsExactly(AlertLevel.NOTICE, AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  @Test
  void a_partial_top_up_arms_only_what_was_left() {
    levels(LOW_BALANCE, balance(0, 1000));
    Judgement partial = judge(LOW_BALANCE, balance(150, 1000));

    assertThat(partial.alerts()).extracting(Alert::threshold).containsExactly(0.1);
    assertThat(levels(LOW_BALANCE, balance(0, 1000)))
        .containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  @Test
  void without_an_allocation_only_overage_says_that_nothing_is_left() {
    assertThat(levels(LOW_BALANCE, new BalanceLeft(0, 0, 0, NOW))).isEmpty();
    assertThat(levels(LOW_BALANCE, new BalanceLeft(0, 0, 3, NOW)))
        .containsExactly(AlertLevel.CRITICAL);
    assertThat(levels(LOW_BALANCE, new BalanceLeft(0, 0, 0, NOW)))
        .as("the last grant expired: nothing to compare with")
        .isEmpty();
    assertThat(levels(LOW_BALANCE, balance(900, 1000))).containsExactly(AlertLevel.RECOVERED);
  }

  @Test
  void a_crossing_over_24_hours_old_is_noted_but_not_raised() {
    Instant old = NOW.minus(Duration.ofHours(24)).minusMillis(1);

    assertThat(levels(QUOTA, new QuotaUse("c", null, 90, 100, old))).isEmpty();
    assertThat(state.fired(0.8)).isTrue();
    assertThat(levels(QUOTA, quota(91, 100))).isEmpty();
  }

  @Test
  void a_crossing_exactly_24_hours_old_is_raised() {
    Instant old = NOW.minus(Duration.ofHours(24));

    assertThat(levels(QUOTA, new QuotaUse("c", null, 90, 100, old)))
        .containsExactly(AlertLevel.WARNING);
  }

  @Test
  void expiry_notices_fire_at_whole_days_of_24_hours_and_only_once() {
    Instant expiresAt = NOW;
    List<Alert> raised = new ArrayList<>();
    for (Instant at = expiresAt.minus(Duration.ofDays(40));
        at.isBefore(expiresAt.plus(Duration.ofDays(2)));
        at = at.plus(Duration.ofMinutes(30))) {
      Judgement judgement = judge(EXPIRY, expiring(100, expiresAt, at), at);
      for (Alert alert : judgement.alerts()) {
        assertThat(alert.occurredAt()).isEqualTo(at);
        assertThat(alert.value()).isEqualTo(alert.threshold());
      }
      raised.addAll(judgement.alerts());
    }
    assertThat(raised).extracting(Alert::threshold).containsExactly(30.0, 7.0, 1.0);
    assertThat(raised)
        .extracting(Alert::occurredAt)
        .containsExactly(
            expiresAt.minus(Duration.ofDays(30)),
            expiresAt.minus(Duration.ofDays(7)),
            expiresAt.minus(Duration.ofDays(1)));
  }

  @Test
  void a_grant_without_a_rest_expires_in_silence() {
    assertThat(judge(EXPIRY, expiring(0, NOW.plus(Duration.ofHours(3)), NOW)).alerts()).isEmpty();
  }

  @Test
  void a_grant_that_begins_near_its_expiry_is_noticed_when_it_begins() {
    Instant expiresAt = NOW.plus(Duration.ofDays(5));
    ExpiringRest begun = new ExpiringRest("g", 10, NOW, expiresAt, NOW);
    ExpiringRest begunLongAgo =
        new ExpiringRest("g", 10, NOW.minus(Duration.ofDays(9)), expiresAt.minusMillis(0), NOW);

    assertThat(judgeNew(EXPIRY, begun).alerts())
        .extracting(Alert::level)
        .containsExactly(AlertLevel.NOTICE, AlertLevel.WARNING);
    assertThat(judgeNew(EXPIRY, begunLongAgo).alerts()).as("crossed days ago").isEmpty();
  }

  @Test
  void over_generated_histories_each_crossing_and_arming_raises_exactly_one_alert() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      state = AlertState.NEW;
      boolean[] below = new boolean[3];
      Set<String> ids = new HashSet<>();
      double[] thresholds = {0.2, 0.1, 0};
      for (int step = 0; step < 200; step++) {
        long allocated = 100;
        long remaining = random.nextInt(4) == 0 ? random.nextInt(101) : random.nextInt(25);
        Judgement judgement = judge(LOW_BALANCE, balance(remaining, allocated));
        List<Double> expected = new ArrayList<>();
        Double recovered = null;
        for (int i = 0; i < 3; i++) {
          boolean now = remaining <= Math.round(thresholds[i] * 100);
          if (now && !below[i]) {
            expected.add(thresholds[i]);
          } else if (!now && below[i] && recovered == null) {
            recovered = thresholds[i];
          }
          below[i] = now;
        }
        assertThat(fired(judgement)).as("seed %d step %d", seed, step).isEqualTo(expected);
        assertThat(recovered(judgement))
            .isEqualTo(recovered == null ? List.of() : List.of(recovered));
        for (Alert alert : judgement.alerts()) {
          assertThat(ids.add(alert.alertId())).as("an id is used once").isTrue();
        }
        assertThat(judge(LOW_BALANCE, balance(remaining, allocated)).alerts())
            .as("judged again, nothing has changed")
            .isEmpty();
        state = AlertState.decode(state.encode());
      }
    }
  }

  @Test
  void the_same_history_gives_the_same_ids_and_other_subjects_others() {
    String id = judgeNew(QUOTA, quota(80, 100)).alerts().get(0).alertId();

    assertThat(judgeNew(QUOTA, quota(85, 100)).alerts().get(0).alertId()).isEqualTo(id);
    assertThat(judgeNew(QUOTA, new QuotaUse("d", null, 80, 100, NOW)).alerts().get(0).alertId())
        .isNotEqualTo(id);
    assertThat(
            Crossings.judge("v", QUOTA, AlertState.NEW, quota(80, 100), NOW)
                .alerts()
                .get(0)
                .alertId())
        .isNotEqualTo(id);
  }

  @Test
  void changed_thresholds_keep_what_still_applies() {
    levels(QUOTA, quota(85, 100));

    assertThat(levels(Ladder.quota(0.5, 0.8), quota(85, 100)))
        .as("0.8 has fired already, 0.5 is new")
        .containsExactly(AlertLevel.WARNING);
  }

  @Test
  void messages_say_it_in_plain_words() {
    assertThat(judgeNew(QUOTA, new QuotaUse("c1", "Spring", 8_010, 10_000, NOW)).alerts())
        .extracting(Alert::message)
        .containsExactly("Campaign \"Spring\" has used 80 % of its quota: 8,010 of 10,000 credits");
    assertThat(judgeNew(LOW_BALANCE, new BalanceLeft(0, 500, 7, NOW)).alerts())
        .last()
        .extracting(Alert::message)
        .isEqualTo("No credits are left; overage has begun: 7 credits so far");
    assertThat(judgeNew(EXPIRY, expiring(1, NOW.plus(Duration.ofDays(7)), NOW)).alerts())
        .last()
        .extracting(Alert::message)
        .isEqualTo(
            "1 credit of grant g expires in 7 days (2026-04-06 12:00 UTC) unless used before");
  }

  private Judgement judge(Ladder ladder, Measure measure) {
    return judge(ladder, measure, NOW);
  }

  private Judgement judge(Ladder ladder, Measure measure, Instant now) {
    Judgement judgement = Crossings.judge("w", ladder, state, measure, now);
    state = judgement.after();
    return judgement;
  }

  private static Judgement judgeNew(Ladder ladder, Measure measure) {
    return Crossings.judge("w", ladder, AlertState.NEW, measure, NOW);
  }

  private List<AlertLevel> levels(Ladder ladder, Measure measure) {
    return judge(ladder, measure).alerts().stream().map(Alert::level).toList();
  }

  private static List<Double> fired(Judgement judgement) {
    return judgement.alerts().stream()
        .filter(alert -> alert.level() != AlertLevel.RECOVERED)
        .map(Alert::threshold)
        .toList();
  }

  private static List<Double> recovered(Judgement judgement) {
    return judgement.alerts().stream()
        .filter(alert -> alert.level() == AlertLevel.RECOVERED)
        .map(Alert::threshold)
        .toList();
  }

  private static QuotaUse quota(long used, long quota) {
    return new QuotaUse("c", null, used, quota, NOW);
  }

  private static BalanceLeft balance(long remaining, long allocated) {
    return new BalanceLeft(remaining, allocated, 0, NOW);
  }

  private static ExpiringRest expiring(long rest, Instant expiresAt, Instant now) {
    return new ExpiringRest("g", rest, expiresAt.minus(Duration.ofDays(90)), expiresAt, now);
  }
}
