package io.creditflow.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applies a workspace's entries one by one, and usage credit by credit. */
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

  /** The state at an instant, from all entries up to and including it that are known now. */
  static ReferenceBurnDown through(AcceptedEvents accepted, Instant at) {
    ReferenceBurnDown burnDown = new ReferenceBurnDown(accepted);
    for (AcceptedEvents.Entry entry : accepted.entries()) {
      if (!entry.at().isAfter(at)) {
        burnDown.apply(entry);
      }
    }
    return burnDown;
  }

  /** The state now: as {@link #through}, plus usage dated after now as if it occurred now. */
  static ReferenceBurnDown present(AcceptedEvents accepted, Instant now) {
    ReferenceBurnDown burnDown = through(accepted, now);
    for (AcceptedEvents.Entry entry : accepted.entries()) {
      boolean isUsage =
          entry instanceof AcceptedEvents.Entry.Use
              || entry instanceof AcceptedEvents.Entry.Reversal;
      if (isUsage && entry.at().isAfter(now)) {
        burnDown.apply(entry);
      }
    }
    return burnDown;
  }

  /** Every known grant, in burn-down order. */
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

  /** The remaining credits of all live grants. */
  long remaining() {
    return live.stream().mapToLong(life -> account(life).rest).sum();
  }

  private void apply(AcceptedEvents.Entry entry) {
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

  /** Draws credits at the time of the last applied entry. */
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

  /** The use of a grant's credits: amount = rest + drawn + forfeited. */
  static final class Account {
    long rest;
    long drawn;
    long forfeited;

    Account(long amount) {
      rest = amount;
    }
  }

  /** The credits that one entry added or removed, and the balance and overage after it. */
  record Step(AcceptedEvents.Entry entry, long credits, long balanceAfter, long overageAfter) {}
}
