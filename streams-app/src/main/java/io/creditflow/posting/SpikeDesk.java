package io.creditflow.posting;

import io.creditflow.alert.Alert;
import io.creditflow.alert.SpikeDetector;
import io.creditflow.alert.SpikeState;
import io.creditflow.alert.SpikeWatch;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.events.AlertKind;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches for spikes the campaigns that spend now, and those whose spike is not over. The full look
 * at a campaign reads 50 days of its hours; so an hour is first held against bounds that cost
 * little, and only one that passes them is looked at, a few a flush.
 */
final class SpikeDesk {
  /** Each costs some ten milliseconds. */
  private static final int LOOKS_PER_FLUSH = 2;

  /** Campaigns whose hour is held in memory; what falls out is read again. About 20 MB. */
  private static final int WATCHED_MAX = 100_000;

  private record Subject(String workspaceId, String campaignId) {}

  /** A campaign's hour so far, and the credits from which on it must be looked at again. */
  private static final class Hour {
    private final long number;
    private long credits;
    private double limit = SpikeDetector.EXCESS_MIN;
    private boolean bounded;

    private Hour(long number, long credits) {
      this.number = number;
      this.credits = credits;
    }
  }

  private final State state;
  private final Set<Subject> open = new LinkedHashSet<>();
  private final Set<Subject> waiting = new LinkedHashSet<>();
  private final Map<Subject, Map<Integer, Long>> changed = new LinkedHashMap<>();

  /** Campaigns whose changes were written without being noted, and the latest hour of those. */
  private final Map<Subject, Long> unnoted = new HashMap<>();

  private final Map<Subject, Hour> watched =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Hour> eldest) {
          return size() > WATCHED_MAX;
        }
      };
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
   * Takes note of what a flush changed of this hour and the one before.
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
                          changedBefore(workspaceId, campaignId, HourlySpend.hourOfQuarter(last))));
      return;
    }
    long oldest = HourlySpend.hourOf(now) - 1;
    changes.campaigns.forEach(
        (campaignId, campaign) ->
            campaign.byQuarter.forEach(
                (quarter, count) -> {
                  if (HourlySpend.hourOfQuarter(quarter) >= oldest) {
                    changed
                        .computeIfAbsent(
                            new Subject(workspaceId, campaignId), s -> new LinkedHashMap<>())
                        .merge(quarter, count.credits(), Long::sum);
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
        || (!open.isEmpty() && HourlySpend.hourOf(now) != openHour);
  }

  /** Looks at what is due, on what is stored; answers what was raised. */
  List<Alert> judge(long now, Consumer<Row> into) {
    long hour = HourlySpend.hourOf(now);
    if (hour != openHour) {
      openHour = hour;
      waiting.addAll(open);
    }
    unnoted.forEach(
        (subject, lastHour) -> {
          if (lastHour >= hour - 1) {
            compare(subject, hour - 1, 0);
            compare(subject, hour, 0);
            changed.remove(subject); // read from the rows just now
          }
        });
    unnoted.clear();
    changed.forEach(this::compare);
    changed.clear();
    List<Alert> raised = new ArrayList<>();
    Iterator<Subject> next = waiting.iterator();
    for (int i = 0; i < LOOKS_PER_FLUSH && next.hasNext(); i++) {
      raised.addAll(look(next.next(), now, into));
      next.remove();
    }
    return raised;
  }

  private void compare(Subject subject, Map<Integer, Long> creditsByQuarter) {
    creditsByQuarter.forEach(
        (quarter, credits) -> {
          long hour = HourlySpend.hourOfQuarter(quarter);
          if (hour == openHour || hour == openHour - 1) {
            compare(subject, hour, credits);
          }
        });
  }

  private void compare(Subject subject, long hour, long change) {
    HourlySpend spend = spend(subject);
    Hour known = watched.get(subject);
    if (known == null || known.number < hour) {
      known = new Hour(hour, spend.in(hour));
      watched.put(subject, known);
    } else if (known.number == hour) {
      known.credits += change;
    } else {
      known = new Hour(hour, spend.in(hour)); // the last moments of the hour before, come late
    }
    if (known.credits >= known.limit && !known.bounded) {
      known.bounded = true;
      known.limit = SpikeDetector.leastLimit(hour, spend::in);
    }
    if (known.credits >= known.limit) {
      waiting.add(subject);
    }
  }

  private List<Alert> look(Subject subject, long now, Consumer<Row> into) {
    CampaignRow row = CampaignRow.read(state, subject.workspaceId, subject.campaignId);
    byte[] key =
        Key.of(Table.ALERT_STATE, subject.workspaceId)
            .text(AlertKind.SPIKE.name())
            .text(subject.campaignId)
            .bytes();
    SpikeState before = SpikeState.decode(state.get(key));
    SpikeWatch.Judgement judgement =
        SpikeWatch.look(
            subject.workspaceId,
            subject.campaignId,
            row.picture() == null ? null : row.picture().name(),
            before,
            spend(subject).upTo(openHour, row),
            Instant.ofEpochMilli(now));
    SpikeState after = judgement.after();
    if (!after.equals(before)) {
      into.accept(new Row(key, after.encode()));
    }
    if (after.open()) {
      open.add(subject);
    } else {
      open.remove(subject);
    }
    Hour known = watched.get(subject);
    if (known != null) {
      known.limit = after.open() ? Double.POSITIVE_INFINITY : judgement.limit();
    }
    return judgement.alerts();
  }

  private HourlySpend spend(Subject subject) {
    return new HourlySpend(state, subject.workspaceId, subject.campaignId);
  }
}
