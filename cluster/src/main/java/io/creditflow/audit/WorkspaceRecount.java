package io.creditflow.audit;

import io.creditflow.audit.Finding.Kind;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.streams.RecordLocation;
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
   * Recounts the records, in four steps: each uses the results of the steps before it.
   *
   * @param rejections finds the entries of rejected-events about a record
   * @param isComplete whether {@code records} are all records that ever arrived. If not, a
   *     rejection may be justified by an earlier record
   */
  static WorkspaceRecount of(
      List<ReceivedRecord> records,
      Function<RecordLocation, List<RejectedEntry>> rejections,
      ReferenceRules rules,
      boolean isComplete,
      Instant now) {
    WorkspaceRecount recount = new WorkspaceRecount(rules, rejections, isComplete, now);
    records.forEach(recount::groupById);
    recount.dropRepeatsOfRejectedReversals();
    records.forEach(recount::checkRejection);
    recount.calculate();
    return recount;
  }

  /** The reference calculator after all accepted records. */
  ReferenceCalculator calculator() {
    return calculator;
  }

  /** The records that were not rejected, one per event id, ordered by arrival. */
  List<SpecificRecord> accepted() {
    return accepted;
  }

  /** The errors found in rejected-events. */
  List<Finding> findings() {
    return findings;
  }

  /** Adds a valid record to the maps above, by whether it was rejected. */
  private void groupById(ReceivedRecord record) {
    if (record.event() == null || record.ownReason() != null) {
      return;
    }
    List<RejectedEntry> rejected = rejections.apply(record.location());
    if (rejected.isEmpty()) {
      acceptedRecords.computeIfAbsent(record.eventId(), id -> new ArrayList<>(1)).add(record);
      if (record.event() instanceof CreditGrant grant && ReferenceValidation.granted(grant)) {
        grants.computeIfAbsent(grant.getGrantId(), id -> new ArrayList<>(1)).add(record);
      }
    } else if (record.event() instanceof UsageReversed
        && rejected.get(0).reason() != ReferenceReason.CONFLICT) {
      rejectedReversals.computeIfAbsent(record.eventId(), id -> new ArrayList<>(1)).add(record);
    }
  }

  private void dropRepeatsOfRejectedReversals() {
    acceptedRecords.values().forEach(copies -> copies.removeIf(this::repeatsRejectedReversal));
    acceptedRecords.values().removeIf(List::isEmpty);
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

  /** Checks whether the record was rejected when it must be, once, unchanged and justifiably. */
  private void checkRejection(ReceivedRecord record) {
    List<RejectedEntry> rejected = rejections.apply(record.location());
    if (rejected.size() > 1) {
      boolean hasOneReason = rejected.stream().map(RejectedEntry::reason).distinct().count() == 1;
      find(
          hasOneReason ? Kind.REJECTED_AGAIN : Kind.DOUBLE,
          "rejected " + rejected.size() + " times: " + record);
    }
    if (rejected.isEmpty()) {
      if (record.ownReason() != null) {
        find(Kind.LOST, "is " + record.ownReason() + ", but was not rejected: " + record);
      }
      return;
    }
    RejectedEntry rejection = rejected.get(0);
    if (!Arrays.equals(rejection.value(), record.value())
        || !Arrays.equals(rejection.key(), record.key())) {
      find(Kind.WRONG, "the key or value on rejected-events differs from the input: " + record);
    }
    if (rejection.reason() != record.ownReason() && !isJustified(record, rejection.reason())) {
      find(
          Kind.WRONG,
          "rejected as %s (%s) without justification%s: %s"
              .formatted(
                  rejection.reason(),
                  rejection.detail(),
                  record.ownReason() == null ? "" : ", expected " + record.ownReason(),
                  record));
    }
  }

  /**
   * Whether other records justify the rejection. The product checks the target of a reversal before
   * its age, so a reversal of an event that is not usage is INVALID even if it is too old.
   */
  private boolean isJustified(ReceivedRecord record, ReferenceReason reason) {
    if (reason == ReferenceReason.INVALID) {
      boolean isValidExceptAge =
          record.ownReason() == null
              || record.ownReason() == ReferenceReason.TOO_OLD
              || record.ownReason() == ReferenceReason.IN_FUTURE;
      return isValidExceptAge
          && record.event() instanceof UsageReversed reversal
          && (!isComplete
              || holders(reversal.getReversedEventId()).stream()
                  .anyMatch(holder -> !ReferenceValidation.isUsage(holder.event())));
    }
    if (record.ownReason() != null) {
      return false;
    }
    return switch (reason) {
      case CONFLICT -> !isComplete || isConflict(record);
      case UNMATCHED ->
          record.event() instanceof UsageReversed && (!isComplete || isUnmatched(record));
      default -> false;
    };
  }

  private boolean isConflict(ReceivedRecord record) {
    boolean isIdTaken =
        holders(record.eventId()).stream()
            .anyMatch(holder -> !holder.repeats(record) && mayPrecede(holder, record));
    boolean isGrantIdTaken =
        record.event() instanceof CreditGrant grant
            && ReferenceValidation.granted(grant)
            && grants.getOrDefault(grant.getGrantId(), List.of()).stream()
                .anyMatch(
                    other ->
                        !other.eventId().equals(record.eventId()) && mayPrecede(other, record));
    return isIdTaken || isGrantIdTaken;
  }

  /** Whether the product may have processed {@code first} before {@code second}. */
  private static boolean mayPrecede(ReceivedRecord first, ReceivedRecord second) {
    return !first.location().topic().equals(second.location().topic())
        || first.location().offset() < second.location().offset();
  }

  private boolean isUnmatched(ReceivedRecord record) {
    UsageReversed reversal = (UsageReversed) record.event();
    List<ReceivedRecord> targets =
        acceptedRecords.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      return !record.appendedAt().plus(ReferenceRules.WAIT).isAfter(now);
    }
    Instant target = first(targets).appendedAt();
    boolean arrivedTooLate = !target.isBefore(record.appendedAt().plus(ReferenceRules.WAIT));
    boolean mayBeForgotten =
        rules.ageLimit() != null
            && record
                .appendedAt()
                .isAfter(target.plus(rules.ageLimit()).plus(rules.futureLimit()).plusSeconds(3600));
    return arrivedTooLate || mayBeForgotten;
  }

  /** The records that have the id, or had it while they were pending. */
  private List<ReceivedRecord> holders(String eventId) {
    List<ReceivedRecord> all = new ArrayList<>(acceptedRecords.getOrDefault(eventId, List.of()));
    all.addAll(rejectedReversals.getOrDefault(eventId, List.of()));
    return all;
  }

  /** Passes one record of each id to the reference calculator, which must accept it. */
  private void calculate() {
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
    for (ReceivedRecord record : counted) {
      accepted.add(record.event());
      ReferenceOutcome outcome =
          calculator.accept(record.location().topic(), record.event(), record.appendedAt());
      if (outcome.outcome() == ReferenceOutcome.Kind.REJECTED) {
        find(Kind.WRONG, "is " + outcome.reason() + ", but was not rejected: " + record);
      }
      if (record.event() instanceof UsageReversed reversal) {
        checkTarget(record, reversal);
      }
    }
  }

  private void checkTarget(ReceivedRecord record, UsageReversed reversal) {
    List<ReceivedRecord> targets =
        acceptedRecords.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      if (isComplete
          && record.appendedAt().plus(ReferenceRules.WAIT).plus(TIMER_SLACK).isBefore(now)) {
        find(Kind.WRONG, "is UNMATCHED, but was not rejected: " + record);
      }
    } else if (!ReferenceValidation.isUsage(first(targets).event())) {
      find(Kind.WRONG, "reverses an event that is not usage, but was not rejected: " + record);
    }
  }

  private void find(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }

  private static ReceivedRecord first(List<ReceivedRecord> copies) {
    return copies.stream().min(Comparator.comparing(ReceivedRecord::appendedAt)).orElseThrow();
  }
}
