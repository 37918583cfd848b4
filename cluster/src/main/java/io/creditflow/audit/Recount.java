package io.creditflow.audit;

import io.creditflow.audit.Finding.Kind;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.Door;
import io.creditflow.reference.Reason;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One workspace counted anew. In which order records of different topics were processed, only the
 * product knows; so what depends on it (which of two that exclude each other stands) is taken from
 * rejected-events, and each reason there is checked. Everything else follows from the inputs.
 */
final class Recount {
  /** The product's timers run now and then, not to the instant. */
  private static final Duration TIMER_SLACK = Duration.ofHours(1);

  private final Rules rules;
  private final Refusals refusals;
  private final boolean isWhole;
  private final Instant now;
  private final ReferenceCalculator books;
  private final List<Finding> findings = new ArrayList<>();
  private final List<SpecificRecord> accepted = new ArrayList<>();

  /** By event id: what was not refused, and reversals that were after they had waited. */
  private final Map<String, List<Arrival>> standing = new HashMap<>();

  private final Map<String, List<Arrival>> turnedAway = new HashMap<>();
  private final Map<String, List<Arrival>> grants = new HashMap<>();

  private Recount(Rules rules, Refusals refusals, boolean isWhole, Instant now) {
    this.rules = rules;
    this.refusals = refusals;
    this.isWhole = isWhole;
    this.now = now;
    books = new ReferenceCalculator(rules);
  }

  /**
   * @param isWhole whether these are all that ever arrived; if not, what a reason may rest on may
   *     have come before
   */
  static Recount of(
      List<Arrival> arrivals, Refusals refusals, Rules rules, boolean isWhole, Instant now) {
    Recount recount = new Recount(rules, refusals, isWhole, now);
    arrivals.forEach(recount::sort);
    arrivals.forEach(recount::check);
    recount.fill();
    return recount;
  }

  ReferenceCalculator books() {
    return books;
  }

  /** What was not rejected, one of each id, in the order in which it arrived. */
  List<SpecificRecord> accepted() {
    return accepted;
  }

  /** What is wrong with rejected-events, in words. */
  List<Finding> findings() {
    return findings;
  }

  private void sort(Arrival arrival) {
    if (arrival.event() == null || arrival.byItself() != null) {
      return;
    }
    List<Refusal> refused = refusals.of(arrival.place());
    if (refused.isEmpty()) {
      standing.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
      if (arrival.event() instanceof CreditGrant grant && Door.granted(grant)) {
        grants.computeIfAbsent(grant.getGrantId(), id -> new ArrayList<>(1)).add(arrival);
      }
    } else if (arrival.event() instanceof UsageReversed
        && refused.get(0).reason() != Reason.CONFLICT) {
      turnedAway.computeIfAbsent(arrival.eventId(), id -> new ArrayList<>(1)).add(arrival);
    }
  }

  private void check(Arrival arrival) {
    List<Refusal> refused = refusals.of(arrival.place());
    if (refused.size() > 1) {
      boolean isAlike = refused.stream().map(Refusal::reason).distinct().count() == 1;
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
    Refusal refusal = refused.get(0);
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
  private boolean isJust(Arrival arrival, Reason reason) {
    if (reason == Reason.INVALID) {
      boolean later =
          arrival.byItself() == null
              || arrival.byItself() == Reason.TOO_OLD
              || arrival.byItself() == Reason.IN_FUTURE;
      return later
          && arrival.event() instanceof UsageReversed reversal
          && (!isWhole
              || holders(reversal.getReversedEventId()).stream()
                  .anyMatch(holder -> !Door.isUsage(holder.event())));
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

  private boolean isConflict(Arrival arrival) {
    boolean taken =
        holders(arrival.eventId()).stream()
            .anyMatch(holder -> !holder.repeats(arrival) && mayPrecede(holder, arrival));
    boolean granted =
        arrival.event() instanceof CreditGrant grant
            && Door.granted(grant)
            && grants.getOrDefault(grant.getGrantId(), List.of()).stream()
                .anyMatch(
                    other ->
                        !other.eventId().equals(arrival.eventId()) && mayPrecede(other, arrival));
    return taken || granted;
  }

  private static boolean mayPrecede(Arrival first, Arrival second) {
    return !first.place().topic().equals(second.place().topic())
        || first.place().offset() < second.place().offset();
  }

  private boolean isUnmatched(Arrival arrival) {
    UsageReversed reversal = (UsageReversed) arrival.event();
    List<Arrival> targets = standing.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      return !arrival.appendedAt().plus(Rules.WAIT).isAfter(now);
    }
    Instant target = first(targets).appendedAt();
    boolean cameTooLate = !target.isBefore(arrival.appendedAt().plus(Rules.WAIT));
    boolean mayBeForgotten =
        rules.ageLimit() != null
            && arrival
                .appendedAt()
                .isAfter(target.plus(rules.ageLimit()).plus(rules.futureLimit()).plusSeconds(3600));
    return cameTooLate || mayBeForgotten;
  }

  /** Whoever has, or had, the id. */
  private List<Arrival> holders(String eventId) {
    List<Arrival> all = new ArrayList<>(standing.getOrDefault(eventId, List.of()));
    all.addAll(turnedAway.getOrDefault(eventId, List.of()));
    return all;
  }

  /** One of each id into the referee's books, which must take it. */
  private void fill() {
    List<Arrival> counted = new ArrayList<>();
    standing.forEach(
        (id, copies) -> {
          Arrival first = first(copies);
          copies.stream()
              .filter(copy -> !copy.repeats(first))
              .forEach(copy -> find(Kind.DOUBLE, "stands beside another of its id: " + copy));
          boolean waitedInVain =
              turnedAway.getOrDefault(id, List.of()).stream().anyMatch(first::repeats);
          if (!waitedInVain) {
            counted.add(first);
          }
        });
    counted.sort(Comparator.comparing(Arrival::appendedAt));
    for (Arrival arrival : counted) {
      accepted.add(arrival.event());
      Verdict verdict =
          books.accept(arrival.place().topic(), arrival.event(), arrival.appendedAt());
      if (verdict.outcome() == Verdict.Outcome.REJECTED) {
        find(Kind.WRONG, "is " + verdict.reason() + ", yet not rejected: " + arrival);
      }
      if (arrival.event() instanceof UsageReversed reversal) {
        checkTarget(arrival, reversal);
      }
    }
  }

  private void checkTarget(Arrival arrival, UsageReversed reversal) {
    List<Arrival> targets = standing.getOrDefault(reversal.getReversedEventId(), List.of());
    if (targets.isEmpty()) {
      if (isWhole && arrival.appendedAt().plus(Rules.WAIT).plus(TIMER_SLACK).isBefore(now)) {
        find(Kind.WRONG, "is UNMATCHED, yet not rejected: " + arrival);
      }
    } else if (!Door.isUsage(first(targets).event())) {
      find(Kind.WRONG, "takes back what is no usage, yet is not rejected: " + arrival);
    }
  }

  private void find(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }

  private static Arrival first(List<Arrival> copies) {
    return copies.stream().min(Comparator.comparing(Arrival::appendedAt)).orElseThrow();
  }
}
