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
 * Recounts one workspace from its input records. The processing order across topics is not
 * recorded, so the auditor reads from rejected-events which of two conflicting records was
 * rejected, and checks that each rejection is justified. Everything else follows from the inputs.
 */
final class WorkspaceRecount {
  /**
   * How late the product may reject a reversal, because its timers do not run at exact instants.
   */
  private static final Duration TIMER_SLACK = Duration.ofHours(1);

  private final ReferenceRules rules;
  private final Function<RecordLocation, List<RejectedEntry>> rejections;
  private final boolean isComplete;
  private final Instant now;
  private final ReferenceCalculator calculator;
  private final List<Finding> findings = new ArrayList<>();
  private final List<SpecificRecord> accepted = new ArrayList<>();

  /** Records that were not rejected, by event id. */
  private final Map<String, List<ReceivedRecord>> acceptedRecords = new HashMap<>();

  /** Reversals that were rejected for a reason other than CONFLICT, by event id. */
  private final Map<String, List<ReceivedRecord>> rejectedReversals = new HashMap<>();

  /** Accepted grants by grant id. */
  private final Map<String, List<ReceivedRecord>> grants = new HashMap<>();

  private WorkspaceRecount(
      ReferenceRules rules,
      Function<RecordLocation, List<RejectedEntry>> rejections,
      boolean isComplete,
      Instant now) {
    this.rules = rules;
    this.rejections = rejections;
    this.isComplete = isComplete;
    this.now = now;
    calculator = new ReferenceCalculator(rules);
  }

  /**
   * @param rejections finds the entries of rejected-events about a record
   * @param isComplete whether {@code arrivals} are all records that ever arrived. If not, a
   *     rejection may be justified by an earlier record
   */
  static WorkspaceRecount of(
      List<ReceivedRecord> arrivals,
      Function<RecordLocation, List<RejectedEntry>> rejections,
      ReferenceRules rules,
      boolean isComplete,
      Instant now) {
    WorkspaceRecount recount = new WorkspaceRecount(rules, rejections, isComplete, now);
    arrivals.forEach(recount::sort);
    recount.acceptedRecords.forEach(
        (id, copies) -> copies.removeIf(recount::repeatsRejectedReversal));
    recount.acceptedRecords.values().removeIf(List::isEmpty);
    arrivals.forEach(recount::check);
    recount.fill();
    return recount;
  }

  ReferenceCalculator state() {
    return calculator;
  }

  /** The records that were not rejected, one per event id, in the order of their arrival. */
  List<SpecificRecord> accepted() {
    return accepted;
  }

  /** The errors found in rejected-events. */
  List<Finding> findings() {
    return findings;
  }

  private void sort(ReceivedRecord arrival) {
    if (arrival.event() == null || arrival.byItself() != null) {
      return;
    }
    List<RejectedEntry> rejected = rejections.apply(arrival.place());
    if (rejected.isEmpty()) {
      acceptedRecords.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
      if (arrival.event() instanceof CreditGrant grant && ReferenceValidation.granted(grant)) {
        grants.computeIfAbsent(grant.getGrantId(), id -> new ArrayList<>(1)).add(arrival);
      }
    } else if (arrival.event() instanceof UsageReversed
        && rejected.get(0).reason() != ReferenceReason.CONFLICT) {
      rejectedReversals.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
    }
  }

  /**
   * Whether a record repeats a reversal that was waiting at that time and was rejected later. Such
   * a repeat is neither counted nor rejected.
   */
  private boolean repeatsRejectedReversal(ReceivedRecord copy) {
    return rejectedReversals.getOrDefault(copy.eventId(), List.of()).stream()
        .filter(reversal -> reversal.repeats(copy))
        .anyMatch(
            reversal ->
                copy.appendedAt().isBefore(reversal.appendedAt().plus(ReferenceRules.WAIT)));
  }

  private void check(ReceivedRecord arrival) {
    List<RejectedEntry> rejected = rejections.apply(arrival.place());
    if (rejected.size() > 1) {
      boolean hasOneReason = rejected.stream().map(RejectedEntry::reason).distinct().count() == 1;
      find(
          hasOneReason ? Kind.REJECTED_AGAIN : Kind.DOUBLE,
          "rejected " + rejected.size() + " times: " + arrival);
    }
    if (rejected.isEmpty()) {
      if (arrival.byItself() != null) {
        find(Kind.LOST, "is " + arrival.byItself() + ", but was not rejected: " + arrival);
      }
      return;
    }
    RejectedEntry rejection = rejected.get(0);
    if (!Arrays.equals(rejection.value(), arrival.value())
        || !Arrays.equals(rejection.key(), arrival.key())) {
      find(Kind.WRONG, "the key or value on rejected-events differs from the input: " + arrival);
    }
    if (rejection.reason() != arrival.byItself() && !isJustified(arrival, rejection.reason())) {
      find(
          Kind.WRONG,
          "rejected as %s (%s) without justification%s: %s"
              .formatted(
                  rejection.reason(),
                  rejection.detail(),
                  arrival.byItself() == null ? "" : ", expected " + arrival.byItself(),
                  arrival));
    }
  }

  /** Whether other records justify the rejection. */
  private boolean isJustified(ReceivedRecord arrival, ReferenceReason reason) {
    if (reason == ReferenceReason.INVALID) {
      boolean later =
          arrival.byItself() == null
              || arrival.byItself() == ReferenceReason.TOO_OLD
              || arrival.byItself() == ReferenceReason.IN_FUTURE;
      return later
          && arrival.event() instanceof UsageReversed reversal
          && (!isComplete
              || holders(reversal.getReversedEventId()).stream()
                  .anyMatch(holder -> !ReferenceValidation.isUsage(holder.event())));
    }
    if (arrival.byItself() != null) {
      return false;
    }
    return switch (reason) {
      case CONFLICT -> !isComplete || isConflict(arrival);
      case UNMATCHED ->
          arrival.event() instanceof UsageReversed && (!isComplete || isUnmatched(arrival));
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

  /** The records that have or had the id. */
  private List<ReceivedRecord> holders(String eventId) {
    List<ReceivedRecord> all = new ArrayList<>(acceptedRecords.getOrDefault(eventId, List.of()));
    all.addAll(rejectedReversals.getOrDefault(eventId, List.of()));
    return all;
  }

  /** Passes one record of each id to the reference calculator, which must accept it. */
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
                          "two different records with one id were accepted: "
                              + copy
                              + " and "
                              + first));
          counted.add(first);
        });
    counted.sort(Comparator.comparing(ReceivedRecord::appendedAt));
    for (ReceivedRecord arrival : counted) {
      accepted.add(arrival.event());
      ReferenceOutcome outcome =
          calculator.accept(arrival.place().topic(), arrival.event(), arrival.appendedAt());
      if (outcome.outcome() == ReferenceOutcome.Kind.REJECTED) {
        find(Kind.WRONG, "is " + outcome.reason() + ", but was not rejected: " + arrival);
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
      if (isComplete
          && arrival.appendedAt().plus(ReferenceRules.WAIT).plus(TIMER_SLACK).isBefore(now)) {
        find(Kind.WRONG, "is UNMATCHED, but was not rejected: " + arrival);
      }
    } else if (!ReferenceValidation.isUsage(first(targets).event())) {
      find(Kind.WRONG, "reverses an event that is not usage, but was not rejected: " + arrival);
    }
  }

  private void find(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }

  private static ReceivedRecord first(List<ReceivedRecord> copies) {
    return copies.stream().min(Comparator.comparing(ReceivedRecord::appendedAt)).orElseThrow();
  }
}
