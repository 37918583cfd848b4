package io.creditflow.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One walk through the books, event by event and credit by credit. */
final class Walk {
  private final List<GrantLife> lives;
  private final Map<String, Account> accounts = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<GrantLife> live = new ArrayList<>();
  private long overage;

  private Walk(Book book) {
    this.lives = book.lives();
    lives.forEach(life -> accounts.put(life.id(), new Account(life.grant().getAmount())));
  }

  /** Today's knowledge of an instant: everything up to it, included. */
  static Walk through(Book book, Instant at) {
    Walk walk = new Walk(book);
    for (Book.Entry entry : book.entries()) {
      if (!entry.at().isAfter(at)) {
        walk.take(entry);
      }
    }
    return walk;
  }

  /** The present: as {@link #through}, then usage dated after now as if it happened now. */
  static Walk present(Book book, Instant now) {
    Walk walk = through(book, now);
    for (Book.Entry entry : book.entries()) {
      boolean happened = entry instanceof Book.Entry.Use || entry instanceof Book.Entry.Reversal;
      if (happened && entry.at().isAfter(now)) {
        walk.take(entry);
      }
    }
    return walk;
  }

  /** Every grant ever heard of, in burn-down order. */
  List<GrantLife> lives() {
    return lives;
  }

  Account account(GrantLife life) {
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

  private void take(Book.Entry entry) {
    long credits = 0;
    if (entry instanceof Book.Entry.End end) {
      credits = -forfeit(end.life());
    } else if (entry instanceof Book.Entry.Effect effect) {
      credits = begin(effect.life());
    } else if (entry instanceof Book.Entry.Use use && !use.reversed()) {
      draw(use.usage().price());
      credits = -use.usage().price();
    }
    steps.add(new Step(entry, credits, remaining(), overage));
  }

  private long forfeit(GrantLife life) {
    Account account = account(life);
    long rest = account.rest;
    account.forfeited += rest;
    account.rest = 0;
    live.remove(life);
    return rest;
  }

  private long begin(GrantLife life) {
    Account account = account(life);
    long paid = Math.min(overage, account.rest);
    account.rest -= paid;
    account.drawn += paid;
    overage -= paid;
    live.add(life);
    live.sort(GrantLife.BURN_DOWN);
    return life.grant().getAmount();
  }

  /** Uses credits at the instant that the walk has come to. */
  void draw(long credits) {
    for (long credit = 0; credit < credits; credit++) {
      drawOne();
    }
  }

  private void drawOne() {
    for (GrantLife life : live) {
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

  /** What one entry did, and how the books stood after it. */
  record Step(Book.Entry entry, long credits, long balanceAfter, long overageAfter) {}
}
