package io.creditflow.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One walk through the state, event by event and credit by credit. */
final class ReferenceBurnDown {
  private final List<GrantLifetime> lives;
  private final Map<String, Account> accounts = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<GrantLifetime> live = new ArrayList<>();
  private long overage;

  private ReferenceBurnDown(AcceptedEvents accepted) {
    this.lives = accepted.lives();
    lives.forEach(life -> accounts.put(life.id(), new Account(life.grant().getAmount())));
  }

  /** Today's knowledge of an instant: everything up to it, included. */
  static ReferenceBurnDown through(AcceptedEvents accepted, Instant at) {
    ReferenceBurnDown burnDown = new ReferenceBurnDown(accepted);
    for (AcceptedEvents.Entry entry : accepted.entries()) {
      if (!entry.at().isAfter(at)) {
        burnDown.take(entry);
      }
    }
    return burnDown;
  }

  /** The present: as {@link #through}, then usage dated after now as if it happened now. */
  static ReferenceBurnDown present(AcceptedEvents accepted, Instant now) {
    ReferenceBurnDown burnDown = through(accepted, now);
    for (AcceptedEvents.Entry entry : accepted.entries()) {
      boolean happened =
          entry instanceof AcceptedEvents.Entry.Use
              || entry instanceof AcceptedEvents.Entry.Reversal;
      if (happened && entry.at().isAfter(now)) {
        burnDown.take(entry);
      }
    }
    return burnDown;
  }

  /** Every grant ever heard of, in burn-down order. */
  List<GrantLifetime> lives() {
    return lives;
  }

  Account account(GrantLifetime life) {
    return accounts.get(life.id());
  }

  List<Step> steps() {
    return steps;
  }

  long overage() {
    return overage;
  }

  /** What is left of all live grants. */
  long remaining() {
    return live.stream().mapToLong(life -> account(life).rest).sum();
  }

  private void take(AcceptedEvents.Entry entry) {
    long credits = 0;
    if (entry instanceof AcceptedEvents.Entry.End end) {
      credits = -forfeit(end.life());
    } else if (entry instanceof AcceptedEvents.Entry.Effect effect) {
      credits = begin(effect.life());
    } else if (entry instanceof AcceptedEvents.Entry.Use use && !use.reversed()) {
      draw(use.usage().price());
      credits = -use.usage().price();
    }
    steps.add(new Step(entry, credits, remaining(), overage));
  }

  private long forfeit(GrantLifetime life) {
    Account account = account(life);
    long rest = account.rest;
    account.forfeited += rest;
    account.rest = 0;
    live.remove(life);
    return rest;
  }

  private long begin(GrantLifetime life) {
    Account account = account(life);
    long paid = Math.min(overage, account.rest);
    account.rest -= paid;
    account.drawn += paid;
    overage -= paid;
    live.add(life);
    live.sort(GrantLifetime.BURN_DOWN);
    return life.grant().getAmount();
  }

  /** Uses credits at the instant that the walk has come to. */
  void draw(long credits) {
    for (long credit = 0; credit < credits; credit++) {
      drawOne();
    }
  }

  private void drawOne() {
    for (GrantLifetime life : live) {
      Account account = account(life);
      if (account.rest > 0) {
        account.rest--;
        account.drawn++;
        return;
      }
    }
    overage++;
  }

  /** Where a grant's credits are: amount = rest + drawn + forfeited. */
  static final class Account {
    long rest;
    long drawn;
    long forfeited;

    Account(long amount) {
      rest = amount;
    }
  }

  /** What one entry did, and how the state stood after it. */
  record Step(AcceptedEvents.Entry entry, long credits, long balanceAfter, long overageAfter) {}
}
