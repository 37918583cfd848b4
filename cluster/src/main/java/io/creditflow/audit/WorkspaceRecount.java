package io.creditflow.audit;

import io.creditflow.audit.Finding.Kind;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * One workspace counted again. In which order records of different topics were processed, only the
 * product knows; so what depends on it (which of two that exclude each other stands) is taken from
 * rejected-events, and each reason there is checked. Everything else follows from the inputs.
 */
final class WorkspaceRecount {
  /** The product's timers run now and then, not to the instant. */
  private static final Duration TIMER_SLACK = Duration.ofHours(1);

  private final ReferenceRules rules;
  private final Function<RecordLocation, List<RejectedEntry>> refusals;
  private final boolean isWhole;
  private final Instant now;
  private final ReferenceCalculator calculator;
  private final List<Finding> findings = new ArrayList<>();
  private final List<SpecificRecord> accepted = new ArrayList<>();

  /** By event id: what was not refused, and reversals that were after they had waited. */
  private final Map<String, List<ReceivedRecord>> acceptedRecords = new HashMap<>();

  private final Map<String, List<ReceivedRecord>> turnedAway = new HashMap<>();
  private final Map<String, List<ReceivedRecord>> grants = new HashMap<>();

  private WorkspaceRecount(
      ReferenceRules rules,
      Function<RecordLocation, List<RejectedEntry>> refusals,
      boolean isWhole,
      Instant now) {
    this.rules = rules;
    this.refusals = refusals;
    this.isWhole = isWhole;
    this.now = now;
    calculator = new ReferenceCalculator(rules);
  }

  /**
   * @param refusals the entries of rejected-events about a record
   * @param isWhole whether these are all that ever arrived; if not, what a reason may rest on may
   *     have come before
   */
  static WorkspaceRecount of(
      List<ReceivedRecord> arrivals,
      Function<RecordLocation, List<RejectedEntry>> refusals,
      ReferenceRules rules,
      boolean isWhole,
      Instant now) {
    WorkspaceRecount recount = new WorkspaceRecount(rules, refusals, isWhole, now);
    arrivals.forEach(recount::sort);
    recount.acceptedRecords.forEach((id, copies) -> copies.removeIf(recount::waitedInVain));
    recount.acceptedRecords.values().removeIf(List::isEmpty);
    arrivals.forEach(recount::check);
    recount.fill();
    return recount;
  }

  ReferenceCalculator state() {
    return calculator;
  }

  /** What was not rejected, one of each id, in the order in which it arrived. */
  List<SpecificRecord> accepted() {
    return accepted;
  }

  /** What is wrong with rejected-events, in words. */
  List<Finding> findings() {
    return findings;
  }

  private void sort(ReceivedRecord arrival) {
    if (arrival.event() == null || arrival.byItself() != null) {
      return;
    }
    List<RejectedEntry> refused = refusals.apply(arrival.place());
    if (refused.isEmpty()) {
      acceptedRecords.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
      if (arrival.event() instanceof CreditGrant grant && ReferenceValidation.granted(grant)) {
        grants.computeIfAbsent(grant.getGrantId(), id -> new ArrayList<>(1)).add(arrival);
      }
    } else if (arrival.event() instanceof UsageReversed
        && refused.get(0).reason() != ReferenceReason.CONFLICT) {
      turnedAway.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
    }
  }

  /**
   * A repeat of a reversal that waited, which is no news then; when the reversal is rejected in the
   * end, its id is free, and the repeat counts as little as it.
   */
  private boolean waitedInVain(ReceivedRecord copy) {
    return turnedAway.getOrDefault(copy.eventId(), List.of()).stream()
        .filter(reversal -> reversal.repeats(copy))
        .anyMatch(
            reversal ->
                copy.appendedAt().isBefore(reversal.appendedAt().plus(ReferenceRules.WAIT)));
  }

  private void check(ReceivedRecord arrival) {
    List<RejectedEntry> refused = refusals.apply(arrival.place());
    if (refused.size() > 1) {
      boolean isAlike = refused.stream().map(RejectedEntry::reason).distinct().count() == 1;
      find(
          isAlike ? Kind.REJECTED_AGAIN : Kind.DOUBLE,
          "rejected " + refused.size() + " times: " + arrival);
    }
    if (refused.isEmpty()) {
      if (arrival.byItself() != null) {
        find(Kind.LOST, "is " + arrival.byItself() + ", yet not rejected: " + arrival);
      }
      return;
    }
    RejectedEntry refusal = refused.get(0);
    if (!Arrays.equals(refusal.value(), arrival.value())
        || !Arrays.equals(refusal.key(), arrival.key())) {
      find(Kind.WRONG, "rejected with other bytes than it came with: " + arrival);
    }
    if (refusal.reason() != arrival.byItself() && !isJust(arrival, refusal.reason())) {
      find(
          Kind.WRONG,
          "rejected as %s (%s), which it is not%s: %s"
              .formatted(
                  refusal.reason(),
                  refusal.detail(),
                  arrival.byItself() == null ? "" : " but " + arrival.byItself(),
                  arrival));
    }
  }

  /** A reason that depends on other records. */
  private boolean isJust(ReceivedRecord arrival, ReferenceReason reason) {
    if (reason == ReferenceReason.INVALID) {
      boolean later =
          arrival.byItself() == null
              || arrival.byItself() == ReferenceReason.TOO_OLD
              || arrival.byItself() == ReferenceReason.IN_FUTURE;
      return later
          && arrival.event() instanceof UsageReversed reversal
          && (!isWhole
              || holders(reversal.getReversedEventId()).stream()
                  .anyMatch(holder -> !ReferenceValidation.isUsage(holder.event())));
    }
    if (arrival.byItself() != null) {
      return false;
    }
    return switch (reason) {
      case CONFLICT -> !isWhole || isConflict(arrival);
      case UNMATCHED ->
          arrival.event() instanceof UsageReversed && (!isWhole || isUnmatched(arrival));
      default -> false;
    };
  }

  private boolean isConflict(ReceivedRecord arrival) {
    boolean taken =
        holders(arrival.eventId()).stream()
            .anyMatch(holder -> !holder.repeats(arrival) && mayPrecede(holder, arrival));
    boolean granted =
        arrival.event() instanceof CreditGrant grant
            && ReferenceValidation.granted(grant)
            && grants.getOrDefault(grant.getGrantId(), List.of()).stream()
                .anyMatch(
                    other ->
                        !other.eventId().equals(arrival.eventId()) && mayPrecede(other, arrival));
    return taken || granted;
  }

  private static boolean mayPrecede(ReceivedRecord first, ReceivedRecord second) {
    return !first.place().topic().equals(second.place().topic())
        || first.place().offset() < second.place().offset();
  }

  private boolean isUnmatched(ReceivedRecord arrival) {
    UsageReversed reversal = (UsageReversed) arrival.event();
    List<ReceivedRecord> targets =
        acceptedRecords.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      return !arrival.appendedAt().plus(ReferenceRules.WAIT).isAfter(now);
    }
    Instant target = first(targets).appendedAt();
    boolean cameTooLate = !target.isBefore(arrival.appendedAt().plus(ReferenceRules.WAIT));
    boolean mayBeForgotten =
        rules.ageLimit() != null
            && arrival
                .appendedAt()
                .isAfter(target.plus(rules.ageLimit()).plus(rules.futureLimit()).plusSeconds(3600));
    return cameTooLate || mayBeForgotten;
  }

  /** Whoever has, or had, the id. */
  private List<ReceivedRecord> holders(String eventId) {
    List<ReceivedRecord> all = new ArrayList<>(acceptedRecords.getOrDefault(eventId, List.of()));
    all.addAll(turnedAway.getOrDefault(eventId, List.of()));
    return all;
  }

  /** One of each id into the reference calculator's state, which must take it. */
  private void fill() {
    List<ReceivedRecord> counted = new ArrayList<>();
    acceptedRecords.forEach(
        (id, copies) -> {
          ReceivedRecord first = first(copies);
          copies.stream()
              .filter(copy -> !copy.repeats(first))
              .forEach(
                  copy ->
                      find(
                          Kind.DOUBLE,
                          "stands beside another of its id: " + copy + " beside " + first));
          counted.add(first);
        });
    counted.sort(Comparator.comparing(ReceivedRecord::appendedAt));
    for (ReceivedRecord arrival : counted) {
      accepted.add(arrival.event());
      ReferenceOutcome outcome =
          calculator.accept(arrival.place().topic(), arrival.event(), arrival.appendedAt());
      if (outcome.outcome() == ReferenceOutcome.Kind.REJECTED) {
        find(Kind.WRONG, "is " + outcome.reason() + ", yet not rejected: " + arrival);
      }
      if (arrival.event() instanceof UsageReversed reversal) {
        checkTarget(arrival, reversal);
      }
    }
  }

  private void checkTarget(ReceivedRecord arrival, UsageReversed reversal) {
    List<ReceivedRecord> targets =
        acceptedRecords.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      if (isWhole
          && arrival.appendedAt().plus(ReferenceRules.WAIT).plus(TIMER_SLACK).isBefore(now)) {
        find(Kind.WRONG, "is UNMATCHED, yet not rejected: " + arrival);
      }
    } else if (!ReferenceValidation.isUsage(first(targets).event())) {
      find(Kind.WRONG, "takes back what is no usage, yet is not rejected: " + arrival);
    }
  }

  private void find(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }

  private static ReceivedRecord first(List<ReceivedRecord> copies) {
    return copies.stream().min(Comparator.comparing(ReceivedRecord::appendedAt)).orElseThrow();
  }
}
