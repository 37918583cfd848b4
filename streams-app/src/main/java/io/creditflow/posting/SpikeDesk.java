package io.creditflow.posting;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.SpikeRule;
import io.creditflow.alert.SpikeState;
import io.creditflow.alert.SpikeWatch;
import io.creditflow.campaign.CampaignHours;
import io.creditflow.events.AlertKind;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches for spikes the campaigns whose last day changes, and those whose spike is not over. A
 * full look at an hour reads 28 days; so an hour is first held against bounds that cost little, and
 * only a campaign with one that passes them is looked at, a few a flush.
 */
final class SpikeDesk {
  /** Each reads up to some hundred rows. */
  private static final int LOOKS_PER_FLUSH = 5;

  /** Hours that are held in memory; what falls out is read again. About 20 MB. */
  private static final int WATCHED_MAX = 100_000;

  private static final SpikeRule RULE = SpikeRule.STANDARD;

  private record Subject(String workspaceId, String campaignId) {}

  private record Place(Subject subject, long hour) {}

  /** What an hour has spent so far, and the credits from which on it must be looked at again. */
  private static final class Spend {
    private long credits;
    private double limit = SpikeRule.EXCESS_MIN;
    private boolean bounded;

    private Spend(long credits) {
      this.credits = credits;
    }
  }

  private final State state;
  private final Set<Subject> open = new LinkedHashSet<>();
  private final Set<Subject> waiting = new LinkedHashSet<>();

  /** Credits that flushes added, by hour. */
  private final Map<Subject, Map<Long, Long>> changed = new LinkedHashMap<>();

  /** Campaigns whose changes were written without being noted, and the latest hour of those. */
  private final Map<Subject, Long> unnoted = new HashMap<>();

  private final Map<Place, Spend> watched =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Spend> eldest) {
          return size() > WATCHED_MAX;
        }
      };

  /** Campaigns whose usage is dated ahead, into an hour that has not begun. */
  private final Set<Subject> ahead = new HashSet<>();

  private long openHour;

  SpikeDesk(State state) {
    this.state = state;
    try (State.Rows rows = state.within(Key.of(Table.ALERT_STATE).bytes())) {
      rows.forEachRemaining(this::load);
    }
  }

  private void load(Row row) {
    Key.Parts key = Key.parts(row.key());
    String workspaceId = key.text();
    if (key.text().equals(AlertKind.SPIKE.name()) && SpikeState.decode(row.value()).open()) {
      open.add(new Subject(workspaceId, key.text()));
    }
  }

  /**
   * Takes note of what a flush changed of the hours that may still begin a spike.
   *
   * @param now the wall clock; 0 if this flush is not to be judged
   */
  void changed(String workspaceId, WorkspaceChanges changes, long now) {
    if (now == 0) {
      watched.clear(); // so that what was added meanwhile is read again
      changes.campaigns.forEach(
          (campaignId, campaign) ->
              campaign.byQuarter.keySet().stream()
                  .max(Integer::compare)
                  .ifPresent(
                      last ->
                          changedBefore(
                              workspaceId, campaignId, CampaignHours.hourOfQuarter(last))));
      return;
    }
    long oldest = oldest(CampaignHours.hourOf(now));
    changes.campaigns.forEach(
        (campaignId, campaign) ->
            campaign.byQuarter.forEach(
                (quarter, count) -> {
                  long hour = CampaignHours.hourOfQuarter(quarter);
                  if (hour >= oldest) {
                    changed
                        .computeIfAbsent(new Subject(workspaceId, campaignId), s -> new HashMap<>())
                        .merge(hour, count.credits(), Long::sum);
                  }
                }));
  }

  /**
   * Takes note of a campaign that changed without being judged, up to the given hour: ahead of a
   * commit, or before these books were opened.
   */
  void changedBefore(String workspaceId, String campaignId, long lastHour) {
    unnoted.merge(new Subject(workspaceId, campaignId), lastHour, Math::max);
  }

  boolean hasWork(long now) {
    return !changed.isEmpty()
        || !unnoted.isEmpty()
        || !waiting.isEmpty()
        || (!(open.isEmpty() && ahead.isEmpty()) && CampaignHours.hourOf(now) != openHour);
  }

  /** Looks at what is due, on what is stored; answers what was raised. */
  List<Alert> judge(long now, Consumer<Row> into) {
    long hour = CampaignHours.hourOf(now);
    if (hour != openHour) {
      openHour = hour;
      waiting.addAll(open);
      ahead.forEach(subject -> unnoted.put(subject, hour));
      ahead.clear();
    }
    unnoted.forEach(
        (subject, lastHour) -> {
          if (lastHour >= oldest(hour)) {
            compareAll(subject);
            changed.remove(subject); // read from the rows just now
          }
        });
    unnoted.clear();
    changed.forEach(
        (subject, creditsByHour) ->
            creditsByHour.forEach((at, credits) -> compare(subject, at, credits)));
    changed.clear();
    List<Alert> raised = new ArrayList<>();
    Iterator<Subject> next = waiting.iterator();
    for (int i = 0; i < LOOKS_PER_FLUSH && next.hasNext(); i++) {
      raised.addAll(look(next.next(), now, into));
      next.remove();
    }
    return raised;
  }

  private static long oldest(long openHour) {
    return openHour - SpikeRule.CALM_HOURS;
  }

  /** Of a campaign of whose last day nothing is known. */
  private void compareAll(Subject subject) {
    CampaignHours hours = hours(subject);
    for (long hour = oldest(openHour); hour <= openHour; hour++) {
      compare(subject, hour, 0, hours);
    }
  }

  private void compare(Subject subject, long hour, long change) {
    if (hour > openHour) {
      ahead.add(subject);
    } else if (hour >= oldest(openHour)) {
      compare(subject, hour, change, null);
    }
  }

  /**
   * @param known hours of the subject; null if they are read only where they are needed
   */
  private void compare(Subject subject, long hour, long change, CampaignHours known) {
    Place place = new Place(subject, hour);
    Spend spend = watched.get(place);
    CampaignHours hours = known;
    if (spend == null) {
      hours = hours == null ? hours(subject) : hours;
      spend = new Spend(hours.count(hour).credits());
      watched.put(place, spend);
    } else {
      spend.credits += change;
    }
    // An open spike is followed by the hour.
    if (open.contains(subject) || spend.credits < spend.limit) {
      return;
    }
    if (!spend.bounded) {
      spend.bounded = true;
      spend.limit = RULE.leastLimit(hours == null ? hours(subject) : hours, hour);
    }
    if (spend.credits >= spend.limit) {
      waiting.add(subject);
    }
  }

  private List<Alert> look(Subject subject, long now, Consumer<Row> into) {
    CampaignHours hours = hours(subject);
    byte[] key = AlertState.key(subject.workspaceId, AlertKind.SPIKE, subject.campaignId);
    SpikeState before = SpikeState.decode(state.get(key));
    SpikeWatch watch =
        new SpikeWatch(
            subject.workspaceId,
            subject.campaignId,
            hours.campaign().picture() == null ? null : hours.campaign().picture().name(),
            WorkspaceRow.read(state, subject.workspaceId).zone());
    SpikeWatch.Judgement judgement = watch.look(before, hours, hours::count, Instant.ofEpochMilli(now));
    SpikeState after = judgement.after();
    if (!after.equals(before)) {
      into.accept(new Row(key, after.encode()));
    }
    if (after.open()) {
      open.add(subject);
    } else {
      open.remove(subject);
    }
    for (long hour = oldest(openHour); hour <= openHour; hour++) {
      Spend spend = watched.get(new Place(subject, hour));
      if (spend != null && spend.bounded) {
        spend.limit = RULE.usual(hours, hour).limit();
      }
    }
    return judgement.alerts();
  }

  private CampaignHours hours(Subject subject) {
    return new CampaignHours(state, subject.workspaceId, subject.campaignId);
  }
}
