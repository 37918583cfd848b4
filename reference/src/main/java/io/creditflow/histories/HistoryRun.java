package io.creditflow.histories;

import io.creditflow.answer.CreditQueries;
import io.creditflow.answer.EventAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.histories.Step.Deliver;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Door;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.Rejected;
import io.creditflow.reference.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a history through the product and the referee side by side. */
final class HistoryRun {
  private final History history;
  private final CountedBooks product;
  private final ReferenceCalculator referee;
  private final List<Judged> judged = new ArrayList<>();
  private final List<Runnable> sinceFlush = new ArrayList<>();
  private Instant clock = Instant.MIN;
  private OpenWalk walk;

  HistoryRun(History history, CountedBooks.Maker maker) {
    this.history = history;
    this.product = maker.open(history.rules());
    this.referee = new ReferenceCalculator(history.rules());
  }

  /** Throws {@link Difference} where they disagree. */
  void run() {
    for (Step step : history.steps()) {
      if (step instanceof Deliver deliver) {
        advance(deliver.arrival());
        deliver(deliver);
      } else if (step instanceof Step.Flush) {
        flush();
        walkOn();
      } else if (step instanceof Step.Crash) {
        product.restart();
        List.copyOf(sinceFlush).forEach(Runnable::run);
      } else if (step instanceof Step.Check check) {
        check(check);
      }
    }
    flush();
    Sums.agree(product.queries(clock), history, clock);
    Difference.unlessEqual(
        () -> "rejections", sorted(referee.rejections()), sorted(product.rejections()));
    nothingIsLost();
    everyEventIsFound();
    product.restart();
    everyEventIsFound();
  }

  /** What was accepted and need not be forgotten. */
  private void everyEventIsFound() {
    CreditQueries queries = product.queries(clock);
    CreditQueries expected = referee.queries(clock);
    Memory memory = new Memory(history.rules());
    judged.forEach(one -> memory.note(one.deliver.event(), one.deliver.arrival()));
    for (Judged one : judged) {
      if (one.verdict.equals(Verdict.APPLIED) || one.verdict.equals(Verdict.WAITING)) {
        String workspaceId = Door.workspaceId(one.deliver.event());
        String id = Door.eventId(one.deliver.event());
        Optional<EventAnswer> found = queries.event(workspaceId, id);
        if (found.isPresent() || memory.certain(id, clock)) {
          Difference.unlessEqual(
              () -> "event of " + Script.line(one.deliver) + " at " + clock,
              expected.event(workspaceId, id),
              found);
        }
      }
    }
    Difference.unless(queries.event("w", "never").isEmpty(), () -> "an event that never came");
  }

  List<Judged> judged() {
    return judged;
  }

  ReferenceCalculator referee() {
    return referee;
  }

  CountedBooks product() {
    return product;
  }

  Instant clock() {
    return clock;
  }

  void flush() {
    product.flush();
    sinceFlush.clear();
  }

  void advance(Instant now) {
    if (now.isAfter(clock)) {
      clock = now;
      referee.advance(now);
      again(() -> product.advance(now));
    }
  }

  private void deliver(Deliver deliver) {
    Verdict expected = referee.accept(deliver.topic(), deliver.event(), deliver.arrival());
    judged.add(new Judged(deliver, expected));
    again(
        () ->
            Difference.unlessEqual(
                () -> "verdict on " + Script.line(deliver),
                expected,
                product.accept(deliver.topic(), deliver.event(), deliver.arrival())));
  }

  /** Does something now, and again after a crash unless it was flushed. */
  private void again(Runnable deed) {
    sinceFlush.add(deed);
    deed.run();
  }

  private void check(Step.Check check) {
    advance(check.now());
    flush();
    boolean settled = check.seed() % 4 != 0 && settle();
    CreditQueries queries = product.queries(clock);
    new Comparison(queries, referee.referee(clock), history, clock, check.seed()).all(settled);
    walkOn();
  }

  /** Lets the recount of days come to its end. */
  boolean settle() {
    for (int step = 0; step < 10_000; step++) {
      if (!recounting()) {
        return true;
      }
      product.advance(clock);
      product.flush();
    }
    throw new Difference("days are being recounted without an end");
  }

  private boolean recounting() {
    CreditQueries queries = product.queries(clock);
    LocalDate today = LocalDate.ofInstant(clock, ZoneOffset.UTC);
    TrendsQuery query = new TrendsQuery(today, today, Granularity.DAY, Grouping.NONE);
    for (WorkspaceItem item : queries.workspaces(null, 500).items()) {
      String served = queries.trends(item.workspaceId(), query).orElseThrow().timeZone();
      if (!served.equals(item.timeZone())) {
        return true;
      }
    }
    return false;
  }

  private void walkOn() {
    CreditQueries queries = product.queries(clock);
    String workspaceId = history.workspaceIds().get(0);
    if (queries.workspace(workspaceId).isEmpty()) {
      return;
    }
    if (walk == null) {
      walk = new OpenWalk(workspaceId, 1 + (int) Math.floorMod(history.seed(), 7L));
    }
    if (walk.next(queries)) {
      walk = null;
    }
  }

  private void nothingIsLost() {
    long kept =
        judged.stream()
            .filter(
                one -> one.verdict.equals(Verdict.APPLIED) || one.verdict.equals(Verdict.REPEAT))
            .count();
    long waited = judged.stream().filter(one -> one.verdict.equals(Verdict.WAITING)).count();
    long rejectedAtOnce =
        judged.stream().filter(one -> one.verdict.outcome() == Verdict.Outcome.REJECTED).count();
    long rejectedLater = referee.rejections().size() - rejectedAtOnce;
    long stillWaiting = referee.waiting();
    Difference.unless(
        rejectedLater + stillWaiting <= waited && kept + waited + rejectedAtOnce == judged.size(),
        () -> "received is not applied + repeats + rejected + waiting");
  }

  private static List<String> sorted(List<Rejected> rejections) {
    return rejections.stream().map(Rejected::toString).sorted().toList();
  }

  /** A record and what the referee said of it on arrival. */
  record Judged(Deliver deliver, Verdict verdict) {}
}
