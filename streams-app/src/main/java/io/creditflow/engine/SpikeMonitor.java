package io.creditflow.engine;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.SpikeRule;
import io.creditflow.alert.SpikeState;
import io.creditflow.alert.SpikeTracker;
import io.creditflow.campaign.CampaignHours;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.events.AlertKind;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.Table;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches for spikes the campaigns of which an hour of the last day reaches its limit, and those
 * whose spike is not over. The limit of an hour is worked out once and kept: nearly all flushes are
 * dismissed by a comparison in memory.
 */
final class SpikeMonitor {
  /** So that many looks do not hold up a commit: about ten milliseconds. */
  private static final int ROWS_PER_FLUSH = 64;

  /** Hours whose limits are held in memory; what falls out is worked out again. About 20 MB. */
  private static final int LIMITS_MAX = 100_000;

  private record Subject(String workspaceId, String campaignId) {}

  private record Place(Subject subject, long hour) {}

  /**
   * Hours to look at: the latest, and as bits those up to 63 hours before it; a spike is not begun
   * by what is older than a day.
   */
  private record Hours(long latest, long bits) {
    static Hours only(long hour) {
      return new Hours(hour, 1);
    }

    static Hours dayUpTo(long hour) {
      return new Hours(hour, -1L >>> (Long.SIZE - 1 - SpikeRule.CALM_HOURS));
    }

    boolean has(long hour) {
      long back = latest - hour;
      return back >= 0 && back < Long.SIZE && (bits >>> back & 1) == 1;
    }

    Hours and(Hours other) {
      if (other.latest > latest) {
        return other.and(this);
      }
      long back = latest - other.latest;
      return new Hours(latest, back >= 0 && back < Long.SIZE ? bits | other.bits << back : bits);
    }
  }

  private final RowStore state;
  private final Map<Subject, Hours> waiting = new LinkedHashMap<>();

  /** What to look at whenever an hour begins: a spike is open, or usage is dated into that hour. */
  private final Map<Subject, Hours> hourly = new HashMap<>();

  private final Map<Place, Double> limits =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Double> eldest) {
          return size() > LIMITS_MAX;
        }
      };

  private long openHour;

  SpikeMonitor(RowStore state) {
    this.state = state;
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.ALERT_STATE).bytes())) {
      rows.forEachRemaining(this::load);
    }
  }

  private void load(Row row) {
    RowKey.Parser key = RowKey.parts(row.key());
    String workspaceId = key.text();
    if (key.text().equals(AlertKind.SPIKE.name()) && SpikeState.decode(row.value()).open()) {
      hourly.put(new Subject(workspaceId, key.text()), new Hours(0, 0));
    }
  }

  /** Takes note of what a campaign's hour comes to. */
  void spent(String workspaceId, String campaignId, long hour, long credits) {
    if (credits >= SpikeRule.EXCESS_MIN) {
      Place place = new Place(new Subject(workspaceId, campaignId), hour);
      if (credits >= limits.getOrDefault(place, 0.0)) {
        waiting.merge(place.subject, Hours.only(hour), Hours::and);
      }
    }
  }

  /** Takes note of a campaign of which nothing is known but the hour of its latest usage. */
  void mustLookAt(String workspaceId, String campaignId, long lastHour) {
    waiting.merge(new Subject(workspaceId, campaignId), Hours.dayUpTo(lastHour), Hours::and);
  }

  boolean hasWork(long now) {
    return !waiting.isEmpty() || (!hourly.isEmpty() && CampaignHours.hourOf(now) != openHour);
  }

  /** Looks at what is due, on what is stored; answers what was raised. */
  List<Alert> evaluate(long now, Consumer<Row> into) {
    long hour = CampaignHours.hourOf(now);
    if (hour != openHour) {
      openHour = hour;
      hourly.forEach(
          (subject, which) -> waiting.merge(subject, which.and(new Hours(hour, 0)), Hours::and));
    }
    List<Alert> raised = new ArrayList<>();
    int rowsRead = 0;
    Iterator<Map.Entry<Subject, Hours>> next = waiting.entrySet().iterator();
    while (rowsRead < ROWS_PER_FLUSH && next.hasNext()) {
      Map.Entry<Subject, Hours> due = next.next();
      if (due.getValue().latest >= openHour - SpikeRule.CALM_HOURS) {
        rowsRead += look(due.getKey(), due.getValue(), now, raised, into);
      }
      next.remove();
    }
    return raised;
  }

  /** Returns the rows read for it. */
  private int look(Subject subject, Hours which, long now, List<Alert> raised, Consumer<Row> into) {
    byte[] key = AlertState.key(subject.workspaceId, AlertKind.SPIKE, subject.campaignId);
    SpikeState before = SpikeState.decode(state.get(key));
    CampaignHours hours = new CampaignHours(state, subject.workspaceId, subject.campaignId);
    CampaignVersion version = hours.campaign().version();
    SpikeTracker watch =
        new SpikeTracker(
            subject.workspaceId,
            subject.campaignId,
            version == null ? null : version.name(),
            WorkspaceRow.read(state, subject.workspaceId).zone(),
            hours,
            hours::count);
    SpikeTracker.Evaluation evaluation =
        watch.look(
            before,
            hour -> which.has(hour) && isOutOfLine(new Place(subject, hour), hours),
            Instant.ofEpochMilli(now));
    if (!evaluation.after().equals(before)) {
      into.accept(new Row(key, evaluation.after().encode()));
    }
    if (evaluation.after().open() || which.latest > openHour) {
      hourly.put(subject, which);
    } else {
      hourly.remove(subject);
    }
    raised.addAll(evaluation.alerts());
    return 1 + hours.rowsRead();
  }

  private boolean isOutOfLine(Place place, CampaignHours hours) {
    double limit = SpikeRule.STANDARD.limit(hours, place.hour);
    boolean isOutOfLine = hours.applyAsLong(place.hour) >= limit;
    // An open spike is followed by the hour, however much more this one comes to.
    limits.put(place, isOutOfLine ? Double.POSITIVE_INFINITY : limit);
    return isOutOfLine;
  }
}
