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

/** All accepted events of one workspace, in plain lists. */
final class AcceptedEvents {
  private final List<ReferenceUsage> usage = new ArrayList<>();
  private final List<CreditGrant> grants = new ArrayList<>();
  private final List<CreditGrant> voids = new ArrayList<>();
  private final List<CampaignChanged> campaigns = new ArrayList<>();
  private final List<WorkspaceChanged> workspaces = new ArrayList<>();

  /**
   * Reversals by the id of the usage event that they reverse. A map, because the auditor looks up
   * each of a million events.
   */
  private final Map<String, List<UsageReversed>> reversalsOf = new HashMap<>();

  /** All accepted events by event id. */
  private final Map<String, SpecificRecord> accepted = new HashMap<>();

  /** The end of the wait of each waiting reversal, by its event id. */
  private final Map<String, Instant> waitsUntil = new HashMap<>();

  /** The rejection reasons of reversals that were rejected after waiting, by event id. */
  private final Map<String, ReferenceReason> waitedInVain = new HashMap<>();

  /** Cached sorted entries; null after an event has been added. */
  private List<Entry> entries;

  /** Cached grants in burn-down order; null after an event has been added. */
  private List<GrantLifetime> lives;

  void add(ReferenceUsage used) {
    usage.add(used);
    clearCaches();
  }

  void add(UsageReversed reversal) {
    reversalsOf
        .computeIfAbsent(reversal.getReversedEventId(), id -> new ArrayList<>())
        .add(reversal);
    clearCaches();
  }

  void add(CreditGrant record) {
    (ReferenceValidation.granted(record) ? grants : voids).add(record);
    clearCaches();
  }

  void add(CampaignChanged version) {
    campaigns.add(version);
  }

  void add(WorkspaceChanged version) {
    workspaces.add(version);
  }

  /**
   * Stores an accepted event. A reversal that was rejected after waiting may have had the same id.
   */
  void accepted(String eventId, SpecificRecord event) {
    accepted.put(eventId, event);
    waitedInVain.remove(eventId);
  }

  /** The accepted event with this id; null if there is none. */
  SpecificRecord accepted(String eventId) {
    return accepted.get(eventId);
  }

  void waits(String eventId, Instant until) {
    waitsUntil.put(eventId, until);
  }

  /** Until when the reversal waits; null if it does not wait. */
  Instant waitsUntil(String eventId) {
    return waitsUntil.get(eventId);
  }

  /** Why the reversal was rejected after waiting; null if it was not. */
  ReferenceReason waitedInVain(String eventId) {
    return waitedInVain.get(eventId);
  }

  /**
   * Ends the wait of a reversal.
   *
   * @param reason why the reversal is rejected; null if it is applied
   */
  void waited(String eventId, ReferenceReason reason) {
    waitsUntil.remove(eventId);
    if (reason != null) {
      waitedInVain.put(eventId, reason);
    }
  }

  private void clearCaches() {
    entries = null;
    lives = null;
  }

  boolean granted(String grantId) {
    return grants.stream().anyMatch(grant -> grant.getGrantId().equals(grantId));
  }

  /** All usage, including reversed usage. */
  List<ReferenceUsage> usage() {
    return usage;
  }

  /** The current version of the workspace; null until one is known. */
  WorkspaceChanged version() {
    return workspaces.stream()
        .max(
            comparing(WorkspaceChanged::getOccurredAt)
                .thenComparing(WorkspaceChanged::getEventId, Utf8Comparator.ORDER))
        .orElse(null);
  }

  /** The current version of a campaign; null until one is known. */
  CampaignChanged version(String campaignId) {
    return campaigns.stream()
        .filter(version -> version.getCampaignId().equals(campaignId))
        .max(
            comparing(CampaignChanged::getOccurredAt)
                .thenComparing(CampaignChanged::getEventId, Utf8Comparator.ORDER))
        .orElse(null);
  }

  ZoneId zone() {
    WorkspaceChanged version = version();
    return TimeZones.inUse().of(version == null ? "UTC" : version.getTimeZone());
  }

  String name() {
    WorkspaceChanged version = version();
    return version == null ? null : version.getName();
  }

  String campaignName(String campaignId) {
    CampaignChanged version = version(campaignId);
    return version == null ? null : version.getName();
  }

  Set<String> campaignIds() {
    Set<String> ids = new TreeSet<>(Utf8Comparator.ORDER);
    usage.forEach(used -> ids.add(used.campaignId()));
    campaigns.forEach(version -> ids.add(version.getCampaignId()));
    return ids;
  }

  /** The reversal that history shows for a usage event; null if the event is not reversed. */
  UsageReversed reversalOf(String eventId) {
    return reversalsOf.getOrDefault(eventId, List.of()).stream()
        .min(
            comparing(UsageReversed::getOccurredAt)
                .thenComparing(UsageReversed::getEventId, Utf8Comparator.ORDER))
        .orElse(null);
  }

  /** The time of the latest reversal of a usage event; null if the event is not reversed. */
  Instant latestReversalOf(String eventId) {
    return reversalsOf.getOrDefault(eventId, List.of()).stream()
        .map(UsageReversed::getOccurredAt)
        .max(Instant::compareTo)
        .orElse(null);
  }

  boolean stands(ReferenceUsage used) {
    return reversalOf(used.eventId()) == null;
  }

  /** Every grant, in burn-down order. */
  List<GrantLifetime> lives() {
    if (lives == null) {
      lives =
          grants.stream()
              .map(grant -> new GrantLifetime(grant, voidOf(grant.getGrantId())))
              .sorted(GrantLifetime.BURN_DOWN)
              .toList();
    }
    return lives;
  }

  private CreditGrant voidOf(String grantId) {
    return voids.stream()
        .filter(record -> record.getGrantId().equals(grantId))
        .min(
            comparing(CreditGrant::getOccurredAt)
                .thenComparing(CreditGrant::getEventId, Utf8Comparator.ORDER))
        .orElse(null);
  }

  /** All entries that change the balance or appear in the history, in the order of rule 4. */
  List<Entry> entries() {
    if (entries == null) {
      entries = sorted();
    }
    return entries;
  }

  private List<Entry> sorted() {
    List<Entry> all = new ArrayList<>();
    for (GrantLifetime life : lives()) {
      if (life.neverLive()) {
        continue;
      }
      all.add(new Entry.Effect(life));
      if (life.end() != null) {
        all.add(new Entry.End(life));
      }
    }
    for (ReferenceUsage used : usage) {
      UsageReversed reversal = reversalOf(used.eventId());
      all.add(new Entry.Use(used, reversal != null));
      if (reversal != null) {
        all.add(new Entry.Reversal(used, reversal));
      }
    }
    all.sort(Entry.ORDER);
    return all;
  }

  /** A change of the state at an instant. */
  sealed interface Entry {
    Comparator<Entry> ORDER =
        comparing(Entry::at)
            .thenComparing(Entry::rank)
            .thenComparing((left, right) -> left.compareTie(right));

    Instant at();

    /** The position among entries of different kinds at one instant. */
    int rank();

    /** Orders entries of the same instant and rank. */
    int compareTie(Entry other);

    /** A grant ends, by expiry or void. */
    record End(GrantLifetime life) implements Entry {
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
        return Utf8Comparator.ORDER.compare(life.id(), ((End) other).life.id());
      }
    }

    /** A grant takes effect. */
    record Effect(GrantLifetime life) implements Entry {
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
        return GrantLifetime.BURN_DOWN.compare(life, ((Effect) other).life);
      }
    }

    /** Usage, reversed or not. */
    record Use(ReferenceUsage usage, boolean reversed) implements Entry {
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
        return Utf8Comparator.ORDER.compare(usage.eventId(), ((Use) other).usage.eventId());
      }
    }

    /** A reversal, which has a row in the history. */
    record Reversal(ReferenceUsage usage, UsageReversed record) implements Entry {
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
        return Utf8Comparator.ORDER.compare(
            record.getEventId(), ((Reversal) other).record.getEventId());
      }
    }
  }
}
