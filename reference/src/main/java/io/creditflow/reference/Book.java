package io.creditflow.reference;

import static java.util.Comparator.comparing;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** Everything accepted of one workspace, in plain lists. */
final class Book {
  private final List<Usage> usage = new ArrayList<>();
  private final List<CreditGrant> grants = new ArrayList<>();
  private final List<CreditGrant> voids = new ArrayList<>();
  private final List<CampaignChanged> campaigns = new ArrayList<>();
  private final List<WorkspaceChanged> workspaces = new ArrayList<>();

  /** By the event taken back: of an auditor's million events each asks whether it stands. */
  private final Map<String, List<UsageReversed>> reversalsOf = new HashMap<>();

  /** Everything that was accepted, by its id. */
  private final Map<String, SpecificRecord> accepted = new HashMap<>();

  /** Of reversals that wait for their event, until when. */
  private final Map<String, Instant> waitsUntil = new HashMap<>();

  /** Of reversals that waited in vain, why they were rejected. */
  private final Map<String, Reason> waitedInVain = new HashMap<>();

  /** Kept until something is added, because it is asked for so often; null then. */
  private List<Entry> entries;

  private List<GrantLife> lives;

  void add(Usage used) {
    usage.add(used);
    forget();
  }

  void add(UsageReversed reversal) {
    reversalsOf
        .computeIfAbsent(reversal.getReversedEventId(), id -> new ArrayList<>())
        .add(reversal);
    forget();
  }

  void add(CreditGrant record) {
    (Door.granted(record) ? grants : voids).add(record);
    forget();
  }

  void add(CampaignChanged picture) {
    campaigns.add(picture);
  }

  void add(WorkspaceChanged picture) {
    workspaces.add(picture);
  }

  /** Under that id, which a reversal that waited in vain may have had before. */
  void accepted(String eventId, SpecificRecord event) {
    accepted.put(eventId, event);
    waitedInVain.remove(eventId);
  }

  /** Null if nothing of that id was. */
  SpecificRecord accepted(String eventId) {
    return accepted.get(eventId);
  }

  void waits(String eventId, Instant until) {
    waitsUntil.put(eventId, until);
  }

  /** Null if it does not wait. */
  Instant waitsUntil(String eventId) {
    return waitsUntil.get(eventId);
  }

  /** Null if it did not, or has not yet. */
  Reason waitedInVain(String eventId) {
    return waitedInVain.get(eventId);
  }

  /**
   * A reversal waits no longer.
   *
   * @param reason why it is rejected; null if it is applied
   */
  void waited(String eventId, Reason reason) {
    waitsUntil.remove(eventId);
    if (reason != null) {
      waitedInVain.put(eventId, reason);
    }
  }

  private void forget() {
    entries = null;
    lives = null;
  }

  boolean granted(String grantId) {
    return grants.stream().anyMatch(grant -> grant.getGrantId().equals(grantId));
  }

  /** All usage, taken back or not. */
  List<Usage> usage() {
    return usage;
  }

  /** The present picture; null until one is known. */
  WorkspaceChanged picture() {
    return workspaces.stream()
        .max(
            comparing(WorkspaceChanged::getOccurredAt)
                .thenComparing(WorkspaceChanged::getEventId, Utf8.ORDER))
        .orElse(null);
  }

  /** The present picture of a campaign; null until one is known. */
  CampaignChanged picture(String campaignId) {
    return campaigns.stream()
        .filter(picture -> picture.getCampaignId().equals(campaignId))
        .max(
            comparing(CampaignChanged::getOccurredAt)
                .thenComparing(CampaignChanged::getEventId, Utf8.ORDER))
        .orElse(null);
  }

  ZoneId zone() {
    WorkspaceChanged picture = picture();
    return TimeZones.inUse().of(picture == null ? "UTC" : picture.getTimeZone());
  }

  String name() {
    WorkspaceChanged picture = picture();
    return picture == null ? null : picture.getName();
  }

  String campaignName(String campaignId) {
    CampaignChanged picture = picture(campaignId);
    return picture == null ? null : picture.getName();
  }

  Set<String> campaignIds() {
    Set<String> ids = new TreeSet<>(Utf8.ORDER);
    usage.forEach(used -> ids.add(used.campaignId()));
    campaigns.forEach(picture -> ids.add(picture.getCampaignId()));
    return ids;
  }

  /** The reversal that supplies the history row of an event; null if it stands. */
  UsageReversed reversalOf(String eventId) {
    return reversalsOf.getOrDefault(eventId, List.of()).stream()
        .min(
            comparing(UsageReversed::getOccurredAt)
                .thenComparing(UsageReversed::getEventId, Utf8.ORDER))
        .orElse(null);
  }

  /** When it was last taken back, by whatever reversal; null if it stands. */
  Instant latestReversalOf(String eventId) {
    return reversalsOf.getOrDefault(eventId, List.of()).stream()
        .map(UsageReversed::getOccurredAt)
        .max(Instant::compareTo)
        .orElse(null);
  }

  boolean stands(Usage used) {
    return reversalOf(used.eventId()) == null;
  }

  /** Every grant, in burn-down order. */
  List<GrantLife> lives() {
    if (lives == null) {
      lives =
          grants.stream()
              .map(grant -> new GrantLife(grant, voidOf(grant.getGrantId())))
              .sorted(GrantLife.BURN_DOWN)
              .toList();
    }
    return lives;
  }

  private CreditGrant voidOf(String grantId) {
    return voids.stream()
        .filter(record -> record.getGrantId().equals(grantId))
        .min(
            comparing(CreditGrant::getOccurredAt)
                .thenComparing(CreditGrant::getEventId, Utf8.ORDER))
        .orElse(null);
  }

  /** All that moves the balance or shows in the history, in the order of rule 4. */
  List<Entry> entries() {
    if (entries == null) {
      entries = sorted();
    }
    return entries;
  }

  private List<Entry> sorted() {
    List<Entry> all = new ArrayList<>();
    for (GrantLife life : lives()) {
      if (life.neverLive()) {
        continue;
      }
      all.add(new Entry.Effect(life));
      if (life.end() != null) {
        all.add(new Entry.End(life));
      }
    }
    for (Usage used : usage) {
      UsageReversed reversal = reversalOf(used.eventId());
      all.add(new Entry.Use(used, reversal != null));
      if (reversal != null) {
        all.add(new Entry.Reversal(used, reversal));
      }
    }
    all.sort(Entry.ORDER);
    return all;
  }

  /** Something that happens to the books at an instant. */
  sealed interface Entry {
    Comparator<Entry> ORDER =
        comparing(Entry::at)
            .thenComparing(Entry::rank)
            .thenComparing((left, right) -> left.compareTie(right));

    Instant at();

    /** Its turn among all that happens at one instant. */
    int rank();

    /** Orders it among those of its own rank. */
    int compareTie(Entry other);

    /** A grant ends, by expiry or void. */
    record End(GrantLife life) implements Entry {
      @Override
      public Instant at() {
        return life.end();
      }

      @Override
      public int rank() {
        return 0;
      }

      @Override
      public int compareTie(Entry other) {
        return Utf8.ORDER.compare(life.id(), ((End) other).life.id());
      }
    }

    /** A grant takes effect. */
    record Effect(GrantLife life) implements Entry {
      @Override
      public Instant at() {
        return life.effectiveAt();
      }

      @Override
      public int rank() {
        return 1;
      }

      @Override
      public int compareTie(Entry other) {
        return GrantLife.BURN_DOWN.compare(life, ((Effect) other).life);
      }
    }

    /** Usage, whether it stands or was taken back. */
    record Use(Usage usage, boolean reversed) implements Entry {
      @Override
      public Instant at() {
        return usage.occurredAt();
      }

      @Override
      public int rank() {
        return 2;
      }

      @Override
      public int compareTie(Entry other) {
        return Utf8.ORDER.compare(usage.eventId(), ((Use) other).usage.eventId());
      }
    }

    /** The row that tells of a reversal. */
    record Reversal(Usage usage, UsageReversed record) implements Entry {
      @Override
      public Instant at() {
        return record.getOccurredAt();
      }

      @Override
      public int rank() {
        return 3;
      }

      @Override
      public int compareTie(Entry other) {
        return Utf8.ORDER.compare(record.getEventId(), ((Reversal) other).record.getEventId());
      }
    }
  }
}
