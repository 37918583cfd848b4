package io.creditflow.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditflow.grant.BurnDown.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract section 3, rules 4 to 7; instants are plain numbers. */
class BurnDownTest {
  private static final long NEVER = Grant.NEVER;

  @Test
  void drawsOnTheLowestPriorityFirst() {
    BurnDown walk = walk(grant("a", 5, 0, 100, 1), grant("b", 5, 0, 200, 0));
    walk.advance(0);
    walk.draw(3);

    assertThat(walk.account("b").rest()).isEqualTo(2);
    assertThat(walk.account("a").rest()).isEqualTo(5);
  }

  @Test
  void drawsOnTheGrantThatExpiresFirstAndOnOneThatNeverDoesLast() {
    BurnDown walk = walk(grant("never", 5, 0, NEVER, 0), grant("soon", 5, 0, 100, 0));
    walk.advance(0);
    walk.draw(7);

    assertThat(walk.account("soon").rest()).isZero();
    assertThat(walk.account("never").rest()).isEqualTo(3);
  }

  @Test
  void drawsOnTheGrantThatTookEffectFirst() {
    BurnDown walk = walk(grant("a", 5, 10, 100, 0), grant("b", 5, 0, 100, 0));
    walk.advance(10);
    walk.draw(1);

    assertThat(walk.account("b").rest()).isEqualTo(4);
    assertThat(walk.account("a").rest()).isEqualTo(5);
  }

  /** U+10000 is four bytes from F0 on, U+FFFD three from EF on; as UTF-16 it is the other way. */
  @Test
  void ordersTwinsByTheUtf8BytesOfTheirIds() {
    String large = new String(Character.toChars(0x10000));
    BurnDown walk = walk(grant(large, 5, 0, 100, 0), grant("\uFFFD", 5, 0, 100, 0));
    walk.advance(0);
    walk.draw(1);

    assertThat(walk.account("\uFFFD").rest()).isEqualTo(4);
    assertThat(walk.account(large).rest()).isEqualTo(5);
  }

  @Test
  void isLiveFromItsFirstInstantUpToItsEndExclusive() {
    BurnDown walk = walk(grant("a", 5, 10, 20, 0));
    walk.advance(9);
    assertThat(walk.live()).isEmpty();
    walk.advance(10);
    assertThat(walk.remaining()).isEqualTo(5);
    walk.advance(19);
    assertThat(walk.allocated()).isEqualTo(5);
    walk.advance(20);
    assertThat(walk.remaining()).isZero();
    assertThat(walk.account("a").forfeited()).isEqualTo(5);
  }

  @Test
  void whatNoGrantCoversIsOverageWhichTheNextGrantPaysFirst() {
    BurnDown walk = walk(grant("a", 5, 10, NEVER, 0));
    walk.draw(3);
    assertThat(walk.overage()).isEqualTo(3);
    walk.advance(10);

    assertThat(walk.overage()).isZero();
    assertThat(walk.account("a").drawn()).isEqualTo(3);
    assertThat(walk.remaining()).isEqualTo(2);
  }

  @Test
  void aGrantSmallerThanTheOverageLeavesTheRestOfIt() {
    BurnDown walk = walk(grant("a", 5, 10, NEVER, 0));
    walk.draw(8);
    walk.advance(10);

    assertThat(walk.overage()).isEqualTo(3);
    assertThat(walk.remaining()).isZero();
  }

  @Test
  void anExpiryComesBeforeAGrantOfTheSameInstant() {
    BurnDown walk = walk(grant("next", 5, 10, NEVER, 0), grant("old", 5, 0, 10, 0));
    walk.advance(10);

    assertThat(walk.boundaries())
        .extracting(BurnDown.Boundary::change, boundary -> boundary.grant().grantId())
        .containsExactly(
            tuple(Change.GRANTED, "old"),
            tuple(Change.EXPIRED, "old"),
            tuple(Change.GRANTED, "next"));
    assertThat(walk.boundaries())
        .extracting(BurnDown.Boundary::credits)
        .containsExactly(5L, -5L, 5L);
  }

  @Test
  void anExpiryWithNothingLeftIsNoBoundary() {
    BurnDown walk = walk(grant("a", 5, 0, 10, 0));
    walk.advance(0);
    walk.draw(5);
    walk.advance(10);

    assertThat(walk.boundaries())
        .extracting(BurnDown.Boundary::change)
        .containsExactly(Change.GRANTED);
    assertThat(walk.account("a").forfeited()).isZero();
  }

  @Test
  void aVoidForfeitsTheRestAndLeavesWhatWasSpent() {
    BurnDown walk = walk(voided("a", 5, 0, 100, 10));
    walk.advance(0);
    walk.draw(2);
    walk.advance(10);

    assertThat(walk.account("a").drawn()).isEqualTo(2);
    assertThat(walk.account("a").forfeited()).isEqualTo(3);
    assertThat(walk.boundaries())
        .extracting(BurnDown.Boundary::change)
        .containsExactly(Change.GRANTED, Change.VOIDED);
  }

  @Test
  void aVoidAtTheStartOrBeforeLeavesNoTrace() {
    BurnDown walk = walk(voided("a", 5, 10, 100, 10));
    walk.advance(200);

    assertThat(walk.boundaries()).isEmpty();
    assertThat(walk.account("a").forfeited()).isZero();
    assertThat(walk.account("a").live()).isFalse();
  }

  @Test
  void aVoidAfterTheExpiryHasNoEffect() {
    BurnDown walk = walk(voided("a", 5, 0, 10, 20));
    walk.advance(30);

    assertThat(walk.boundaries())
        .extracting(BurnDown.Boundary::change)
        .containsExactly(Change.GRANTED, Change.EXPIRED);
  }

  private static BurnDown walk(Grant... grants) {
    return new BurnDown(List.of(grants));
  }

  private static Grant grant(String id, long amount, long from, long expiresAt, int priority) {
    return new Grant(id, amount, from, expiresAt, priority, null, id + "-event", NEVER, null, null);
  }

  private static Grant voided(String id, long amount, long from, long expiresAt, long voidedAt) {
    return new Grant(id, amount, from, expiresAt, 0, null, id + "-event", voidedAt, "void", null);
  }
}
