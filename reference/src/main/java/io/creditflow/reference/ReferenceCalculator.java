package io.creditflow.reference;

import io.creditflow.answer.CreditQueries;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The referee: decides what is accepted, keeps it in lists, and answers from them. A restart goes
 * through everything up to the last flush again.
 */
public final class ReferenceCalculator implements CountedBooks {
  private final Rules rules;
  private final List<Runnable> journal = new ArrayList<>();
  private int flushed;

  private final SortedMap<String, Shelf> shelves = new TreeMap<>(Utf8.ORDER);
  private final List<Rejected> rejections = new ArrayList<>();
  private final List<HistoryPage.Cursor> cursors = new ArrayList<>();

  public ReferenceCalculator(Rules rules) {
    this.rules = rules;
  }

  @Override
  public Verdict accept(String topic, SpecificRecord event, Instant arrival) {
    journal.add(() -> judge(topic, event, arrival));
    return judge(topic, event, arrival);
  }

  @Override
  public void advance(Instant now) {
    journal.add(() -> timeOut(now));
    timeOut(now);
  }

  @Override
  public void flush() {
    flushed = journal.size();
  }

  @Override
  public void restart() {
    List<Runnable> kept = List.copyOf(journal.subList(0, flushed));
    journal.clear();
    journal.addAll(kept);
    shelves.clear();
    rejections.clear();
    kept.forEach(Runnable::run);
  }

  @Override
  public CreditQueries queries(Instant now) {
    return referee(now);
  }

  /** As {@link #queries}, with what only the referee can be asked. */
  public ReferenceQueries referee(Instant now) {
    SortedMap<String, Book> books = new TreeMap<>(Utf8.ORDER);
    shelves.forEach((workspaceId, shelf) -> books.put(workspaceId, shelf.book));
    return new ReferenceQueries(books, cursors, rules, now);
  }

  @Override
  public List<Rejected> rejections() {
    return List.copyOf(rejections);
  }

  /** Reversals that wait for their event, over all workspaces. */
  public int waiting() {
    return shelves.values().stream().mapToInt(shelf -> shelf.waiting.size()).sum();
  }

  private Verdict judge(String topic, SpecificRecord event, Instant arrival) {
    Verdict verdict = verdict(topic, event, arrival);
    if (verdict.outcome() == Verdict.Outcome.REJECTED) {
      rejections.add(new Rejected(topic, event, verdict.reason()));
    } else if (verdict.outcome() != Verdict.Outcome.REPEAT) {
      Shelf shelf = shelves.computeIfAbsent(Door.workspaceId(event), id -> new Shelf());
      shelf.known.put(Door.eventId(event), new Known(event, arrival));
      shelf.book.accepted(Door.eventId(event), event);
      if (verdict.outcome() == Verdict.Outcome.WAITING) {
        shelf.waiting.add(new Waiting(topic, (UsageReversed) event, arrival));
        shelf.book.waits(Door.eventId(event), arrival.plus(Rules.WAIT));
      } else {
        file(shelf.book, event);
      }
      callWaiting(shelf, event, arrival);
    }
    return verdict;
  }

  private Verdict verdict(String topic, SpecificRecord event, Instant arrival) {
    if (Door.wrongType(topic, event)) {
      return Verdict.rejected(Reason.WRONG_TYPE);
    }
    if (Door.missingField(event)) {
      return Verdict.rejected(Reason.MISSING_FIELD);
    }
    Shelf shelf = shelves.getOrDefault(Door.workspaceId(event), new Shelf());
    Known target =
        event instanceof UsageReversed reversal
            ? shelf.known.get(reversal.getReversedEventId())
            : null;
    if (Door.invalid(event) || (target != null && !Door.isUsage(target.event))) {
      return Verdict.rejected(Reason.INVALID);
    }
    if (Door.tooOld(rules, event, arrival)) {
      return Verdict.rejected(Reason.TOO_OLD);
    }
    if (Door.inFuture(rules, event, arrival)) {
      return Verdict.rejected(Reason.IN_FUTURE);
    }
    Known known = shelf.known.get(Door.eventId(event));
    if (known != null) {
      return known.event.equals(event) ? Verdict.REPEAT : Verdict.rejected(Reason.CONFLICT);
    }
    if (event instanceof CreditGrant grant
        && Door.granted(grant)
        && shelf.book.granted(grant.getGrantId())) {
      return Verdict.rejected(Reason.CONFLICT);
    }
    if (target != null && !inTime(arrival, target.arrival)) {
      return Verdict.rejected(Reason.UNMATCHED);
    }
    return event instanceof UsageReversed && target == null ? Verdict.WAITING : Verdict.APPLIED;
  }

  /** The event came before the reversal stopped waiting, whichever was processed first. */
  private static boolean inTime(Instant reversalArrival, Instant targetArrival) {
    return targetArrival.isBefore(reversalArrival.plus(Rules.WAIT));
  }

  /** Reversals that waited for an id learn what it is. */
  private void callWaiting(Shelf shelf, SpecificRecord event, Instant arrival) {
    for (Waiting waiting : List.copyOf(shelf.waiting)) {
      if (waiting.reversal.getReversedEventId().equals(Door.eventId(event))) {
        if (!inTime(waiting.arrival, arrival)) {
          turnAway(shelf, waiting, Reason.UNMATCHED);
        } else if (Door.isUsage(event)) {
          shelf.waiting.remove(waiting);
          shelf.book.waited(waiting.reversal.getEventId(), null);
          shelf.book.add(waiting.reversal);
        } else {
          turnAway(shelf, waiting, Reason.INVALID);
        }
      }
    }
  }

  private void timeOut(Instant now) {
    for (Shelf shelf : shelves.values()) {
      for (Waiting waiting : List.copyOf(shelf.waiting)) {
        if (!waiting.arrival.plus(Rules.WAIT).isAfter(now)) {
          turnAway(shelf, waiting, Reason.UNMATCHED);
        }
      }
    }
  }

  /** Its id is free again. */
  private void turnAway(Shelf shelf, Waiting waiting, Reason reason) {
    shelf.waiting.remove(waiting);
    shelf.known.remove(waiting.reversal.getEventId());
    shelf.book.waited(waiting.reversal.getEventId(), reason);
    rejections.add(new Rejected(waiting.topic, waiting.reversal, reason));
  }

  private void file(Book book, SpecificRecord event) {
    if (event instanceof LeadSourced lead) {
      book.add(
          new Usage(
              Rules.Charged.LEAD_SOURCED,
              lead.getEventId(),
              lead.getCampaignId(),
              lead.getLeadId(),
              lead.getSource(),
              lead.getOccurredAt(),
              rules.price(Rules.Charged.LEAD_SOURCED, lead.getOccurredAt())));
    } else if (event instanceof PhoneRevealed phone) {
      book.add(
          new Usage(
              Rules.Charged.PHONE_REVEALED,
              phone.getEventId(),
              phone.getCampaignId(),
              phone.getLeadId(),
              null,
              phone.getOccurredAt(),
              rules.price(Rules.Charged.PHONE_REVEALED, phone.getOccurredAt())));
    } else if (event instanceof UsageReversed reversal) {
      book.add(reversal);
    } else if (event instanceof CreditGrant grant) {
      book.add(grant);
    } else if (event instanceof CampaignChanged campaign) {
      book.add(campaign);
    } else if (event instanceof WorkspaceChanged workspace) {
      book.add(workspace);
    }
  }

  /** What is kept of one workspace. */
  private static final class Shelf {
    final Book book = new Book();
    final Map<String, Known> known = new HashMap<>();
    final List<Waiting> waiting = new ArrayList<>();
  }

  /** A record whose id is taken. */
  private record Known(SpecificRecord event, Instant arrival) {}

  /** A reversal whose event has not come yet. */
  private record Waiting(String topic, UsageReversed reversal, Instant arrival) {}
}
