package io.creditflow.engine;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.SpikeEvaluator;
import io.creditflow.alert.SpikeRule;
import io.creditflow.alert.SpikeState;
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
 * Evaluates spikes of campaigns: those whose usage in an hour of the last day has reached the limit
 * of that hour, and those whose spike is still open. The limit of an hour is computed once and kept
 * in memory, so nearly every flush needs only a comparison in memory. Not thread-safe.
 */
final class SpikeMonitor {
  /** The rows that one flush reads, so that it takes no more than about ten milliseconds. */
  private static final int ROWS_PER_FLUSH = 64;

  /** The maximum number of limits in memory, about 20 MB. An evicted limit is computed again. */
  private static final int LIMITS_MAX = 100_000;

  private record Subject(String workspaceId, String campaignId) {}

  private record Place(Subject subject, long hour) {}

  /**
   * The hours of a campaign to evaluate. They span at most 64 hours, which is enough, because usage
   * that is older than a day starts no spike.
   *
   * @param latest the latest hour
   * @param bits bit n is set if the hour n hours before the latest is to be evaluated
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

  /**
   * What to evaluate at the start of each hour: campaigns with an open spike, or with usage that is
   * dated into a future hour.
   */
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

  /**
   * Whether usage of an hour can still begin or prolong a spike. What is older than a day begins
   * none, and a spike that is open had its last hour at most a day before that.
   */
  boolean concerns(long hour, long now) {
    return hour >= CampaignHours.hourOf(now) - 2 * SpikeRule.CALM_HOURS;
  }

  /** Takes note of the credits that a campaign has used in an hour. */
  void spent(String workspaceId, String campaignId, long hour, long credits) {
    if (credits >= SpikeRule.EXCESS_MIN) {
      Place place = new Place(new Subject(workspaceId, campaignId), hour);
      if (credits >= limits.getOrDefault(place, 0.0)) {
        waiting.merge(place.subject, Hours.only(hour), Hours::and);
      }
    }
  }

  /** Marks the day that ends with the hour of a campaign's latest usage to be evaluated. */
  void mustLookAt(String workspaceId, String campaignId, long lastHour) {
    waiting.merge(new Subject(workspaceId, campaignId), Hours.dayUpTo(lastHour), Hours::and);
  }

  boolean hasWork(long now) {
    return !waiting.isEmpty() || (!hourly.isEmpty() && CampaignHours.hourOf(now) != openHour);
  }

  /**
   * Evaluates what is due, from the stored rows.
   *
   * @param into takes the resulting rows
   * @return the alerts raised
   */
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

  /** Evaluates one campaign, and returns the number of rows read. */
  private int look(Subject subject, Hours which, long now, List<Alert> raised, Consumer<Row> into) {
    byte[] key = AlertState.key(subject.workspaceId, AlertKind.SPIKE, subject.campaignId);
    SpikeState before = SpikeState.decode(state.get(key));
    CampaignHours hours = new CampaignHours(state, subject.workspaceId, subject.campaignId);
    CampaignVersion version = hours.campaign().version();
    SpikeEvaluator watch =
        new SpikeEvaluator(
            subject.workspaceId,
            subject.campaignId,
            version == null ? null : version.name(),
            WorkspaceRow.read(state, subject.workspaceId).zone(),
            hours,
            hours::count);
    SpikeEvaluator.Evaluation evaluation =
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
    // While a spike is open, it is evaluated hourly, so more usage in this hour is no reason.
    limits.put(place, isOutOfLine ? Double.POSITIVE_INFINITY : limit);
    return isOutOfLine;
  }
}
