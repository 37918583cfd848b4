package io.creditflow.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.ledger.WorkspaceFixture;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.usage.WorkspaceUsage;
import org.junit.jupiter.api.Test;

/** One grant of 10 over [1 h, 3 h) and one of 5 from 3 h on; hours from a round instant. */
class BalanceTest {
  private static final long HOUR = 3_600_000;
  private static final long ORIGIN = 1_760_000_400_000L;

  private final InMemoryRowStore state = new InMemoryRowStore();
  private final WorkspaceFixture workspace = new WorkspaceFixture(state, "w");
  private int ids;

  BalanceTest() {
    grant("first", 10, hour(1), hour(3));
    grant("second", 5, hour(3), Grant.NEVER);
  }

  @Test
  void thePresentIsWalkedToInclusive() {
    lead(hour(1), 2);

    assertThat(balance().present(hour(1) - 1).remaining()).isZero();
    assertThat(balance().present(hour(1)).remaining()).isEqualTo(8);
    assertThat(balance().present(hour(3)).remaining()).isEqualTo(5);
  }

  @Test
  void usageDatedAheadIsDrawnNow() {
    lead(hour(4), 3);

    assertThat(balance().present(hour(2)).remaining()).isEqualTo(7);
  }

  @Test
  void usageBeforeAnyGrantIsOverageThatTheFirstOnePays() {
    lead(hour(0), 4);

    assertThat(balance().present(hour(0)).overage()).isEqualTo(4);
    assertThat(balance().present(hour(1)).overage()).isZero();
    assertThat(balance().present(hour(1)).remaining()).isEqualTo(6);
  }

  @Test
  void thePastDrawsWhatHappenedUpToItsInstantAndNothingLater() {
    lead(hour(1.5), 2);
    lead(hour(2), 3);

    assertThat(balance().past(hour(2) - 1).remaining()).isEqualTo(8);
    assertThat(balance().past(hour(2)).remaining()).isEqualTo(5);
    assertThat(balance().past(hour(3) - 1).account("first").rest()).isEqualTo(5);
    assertThat(balance().past(hour(3)).account("first").forfeited()).isEqualTo(5);
  }

  @Test
  void aLateEventDrawsOnTheGrantThatWasLiveThen() {
    lead(hour(4), 1);
    lead(hour(2), 6);

    BurnDown now = balance().present(hour(5));
    assertThat(now.account("first").drawn()).isEqualTo(6);
    assertThat(now.account("first").forfeited()).isEqualTo(4);
    assertThat(now.account("second").rest()).isEqualTo(4);
  }

  @Test
  void boundariesAreFoundOnBothSidesOfAnInstant() {
    Balance balance = balance();

    assertThat(balance.nextBoundary(hour(0))).isEqualTo(hour(1));
    assertThat(balance.nextBoundary(hour(1))).isEqualTo(hour(3));
    assertThat(balance.nextBoundary(hour(3))).isEqualTo(Long.MAX_VALUE);
    assertThat(balance.present(hour(1) - 1).lastBoundary()).isZero();
    assertThat(balance.present(hour(1)).lastBoundary()).isEqualTo(hour(1));
    assertThat(balance.present(hour(9)).lastBoundary()).isEqualTo(hour(3));
  }

  @Test
  void aCourseReadsManyInstantsInOneWalk() {
    lead(hour(0.5), 1);
    lead(hour(2), 3);
    lead(hour(4), 2);
    Balance.Replay replay = balance().replay();

    assertThat(replay.remainingBefore(hour(1), 1)).isZero();
    assertThat(replay.remainingBefore(hour(2), 1)).isEqualTo(9);
    assertThat(replay.remainingBefore(hour(2.5), 4)).isEqualTo(6);
    assertThat(replay.remainingBefore(hour(3) + 1, 4)).isEqualTo(5);
    assertThat(replay.remainingBefore(hour(5), 6)).isEqualTo(3);
  }

  private Balance balance() {
    return new Balance(state, "w", WorkspaceUsage.read(state, "w"));
  }

  private void grant(String id, long amount, long from, long to) {
    Grant grant = new Grant(id, amount, from, to, 0, null, id + "-event", Grant.NEVER, null, null);
    workspace.grant(grant);
  }

  private void lead(long at, long credits) {
    workspace.lead("e" + ids++, at, credits);
  }

  private static long hour(double hours) {
    return ORIGIN + Math.round(hours * HOUR);
  }
}
