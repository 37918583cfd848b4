package io.creditflow.histories;

import io.creditflow.histories.HistoryStep.Deliver;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.EventResponse;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.reference.ReferenceValidation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a history through the product and the reference calculator side by side. */
final class HistoryRun {
  private final GeneratedHistory history;
  private final CreditCalculator product;
  private final ReferenceCalculator reference;
  private final List<EvaluatedRecord> evaluated = new ArrayList<>();
  private final List<Runnable> sinceFlush = new ArrayList<>();
  private Instant clock = Instant.MIN;
  private PagingCheck paging;

  HistoryRun(GeneratedHistory history, CreditCalculator.Factory maker) {
    this.history = history;
    this.product = maker.open(history.rules());
    this.reference = new ReferenceCalculator(history.rules());
  }

  /**
   * Runs all steps.
   *
   * @throws MismatchError if the product and the reference calculator disagree
   */
  void run() {
    for (HistoryStep step : history.steps()) {
      if (step instanceof Deliver deliver) {
        advance(deliver.arrival());
        deliver(deliver);
      } else if (step instanceof HistoryStep.Flush) {
        flush();
        readNextPage();
      } else if (step instanceof HistoryStep.Crash) {
        product.restart();
        List.copyOf(sinceFlush).forEach(Runnable::run);
      } else if (step instanceof HistoryStep.Check check) {
        check(check);
      }
    }
    flush();
    SumInvariants.agree(product.queries(clock), history, clock);
    MismatchError.unlessEqual(
        () -> "rejections", sorted(reference.rejections()), sorted(product.rejections()));
    nothingIsLost();
    everyEventIsFound();
    product.restart();
    everyEventIsFound();
  }

  /** Checks that the product finds each accepted event whose retention has not ended. */
  private void everyEventIsFound() {
    CreditQueries queries = product.queries(clock);
    CreditQueries expected = reference.queries(clock);
    RememberedIds memory = new RememberedIds(history.rules());
    evaluated.forEach(one -> memory.note(one.deliver.event(), one.deliver.arrival()));
    for (EvaluatedRecord one : evaluated) {
      if (one.outcome.equals(ReferenceOutcome.APPLIED)
          || one.outcome.equals(ReferenceOutcome.WAITING)) {
        String workspaceId = ReferenceValidation.workspaceId(one.deliver.event());
        String id = ReferenceValidation.eventId(one.deliver.event());
        Optional<EventResponse> found = queries.event(workspaceId, id);
        if (found.isPresent() || memory.certain(id, clock)) {
          MismatchError.unlessEqual(
              () -> "event of " + HistoryFormatter.line(one.deliver) + " at " + clock,
              expected.event(workspaceId, id),
              found);
        }
      }
    }
    MismatchError.unless(queries.event("w", "never").isEmpty(), () -> "an event that never came");
  }

  List<EvaluatedRecord> evaluated() {
    return evaluated;
  }

  ReferenceCalculator reference() {
    return reference;
  }

  CreditCalculator product() {
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
      reference.advance(now);
      runAndRecord(() -> product.advance(now));
    }
  }

  private void deliver(Deliver deliver) {
    ReferenceOutcome expected =
        reference.accept(deliver.topic(), deliver.event(), deliver.arrival());
    evaluated.add(new EvaluatedRecord(deliver, expected));
    runAndRecord(
        () ->
            MismatchError.unlessEqual(
                () -> "outcome on " + HistoryFormatter.line(deliver),
                expected,
                product.accept(deliver.topic(), deliver.event(), deliver.arrival())));
  }

  /** Runs an action now, and again after a crash if no flush follows first. */
  private void runAndRecord(Runnable action) {
    sinceFlush.add(action);
    action.run();
  }

  private void check(HistoryStep.Check check) {
    advance(check.now());
    flush();
    boolean settled = check.seed() % 4 != 0 && settle();
    CreditQueries queries = product.queries(clock);
    new QueryComparison(queries, reference.reference(clock), history, clock, check.seed())
        .all(settled);
    readNextPage();
  }

  /** Runs the recount of days to its end. */
  boolean settle() {
    for (int step = 0; step < 10_000; step++) {
      if (!recounting()) {
        return true;
      }
      product.advance(clock);
      product.flush();
    }
    throw new MismatchError("the recount of days does not end");
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

  private void readNextPage() {
    CreditQueries queries = product.queries(clock);
    String workspaceId = history.workspaceIds().get(0);
    if (queries.workspace(workspaceId).isEmpty()) {
      return;
    }
    if (paging == null) {
      paging = new PagingCheck(workspaceId, 1 + (int) Math.floorMod(history.seed(), 7L));
    }
    if (paging.next(queries)) {
      paging = null;
    }
  }

  private void nothingIsLost() {
    long kept =
        evaluated.stream()
            .filter(
                one ->
                    one.outcome.equals(ReferenceOutcome.APPLIED)
                        || one.outcome.equals(ReferenceOutcome.REPEAT))
            .count();
    long waited =
        evaluated.stream().filter(one -> one.outcome.equals(ReferenceOutcome.WAITING)).count();
    long rejectedAtOnce =
        evaluated.stream()
            .filter(one -> one.outcome.outcome() == ReferenceOutcome.Kind.REJECTED)
            .count();
    long rejectedLater = reference.rejections().size() - rejectedAtOnce;
    long stillWaiting = reference.waiting();
    MismatchError.unless(
        rejectedLater + stillWaiting <= waited
            && kept + waited + rejectedAtOnce == evaluated.size(),
        () -> "received is not applied + repeats + rejected + waiting");
  }

  private static List<String> sorted(List<ReferenceRejection> rejections) {
    return rejections.stream().map(ReferenceRejection::toString).sorted().toList();
  }

  /** A record and its outcome on arrival according to the reference calculator. */
  record EvaluatedRecord(Deliver deliver, ReferenceOutcome outcome) {}
}
