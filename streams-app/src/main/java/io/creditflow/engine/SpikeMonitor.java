package io.creditflow.engine;

import io.creditflow.alert.AlertSubject;
import io.creditflow.alert.SpikeEvaluator;
import io.creditflow.alert.SpikeRule;
import io.creditflow.alert.SpikeState;
import io.creditflow.campaign.CampaignHours;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.events.AlertKind;
import io.creditflow.events.CreditAlert;
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
 * Selects and evaluates the campaigns that may have a spike: those whose usage in an hour of the
 * last day has reached the limit of that hour, and those with an open spike. The limit of an hour,
 * or a lower bound of the limit, is held in memory, so most flushes need only a comparison. Not
 * thread-safe.
 */
final class SpikeMonitor {
  /**
   * After reading this many rows, which takes about 10 ms, a flush starts no further evaluation.
   */
  private static final int ROWS_PER_FLUSH = 64;

  /** The maximum number of limits in memory, about 20 MB. An evicted limit is computed again. */
  private static final int LIMITS_MAX = 100_000;

  private record CampaignHour(AlertSubject subject, long hour) {}

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

    /** The hour and the 24 hours before it. */
    static Hours lastDay(long hour) {
      return new Hours(hour, -1L >>> (Long.SIZE - 1 - SpikeRule.CALM_HOURS));
    }

    boolean has(long hour) {
      long back = latest - hour;
      return back >= 0 && back < Long.SIZE && (bits >>> back & 1) == 1;
    }

    Hours union(Hours other) {
      if (other.latest > latest) {
        return other.union(this);
      }
      long back = latest - other.latest;
      return new Hours(latest, back >= 0 && back < Long.SIZE ? bits | other.bits << back : bits);
    }
  }

  private final RowStore state;

  /** The campaigns to evaluate, and for each the hours. */
  private final Map<AlertSubject, Hours> toEvaluate = new LinkedHashMap<>();

  /**
   * The campaigns to evaluate at the start of each hour, and for each the hours. They have an open
   * spike, or usage with an event time in a future hour.
   */
  private final Map<AlertSubject, Hours> hourly = new HashMap<>();

  /** The limits of hours, or lower bounds of them; the least recently used first. */
  private final Map<CampaignHour, Double> limits =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CampaignHour, Double> eldest) {
          return size() > LIMITS_MAX;
        }
      };

  private long currentHour;

  SpikeMonitor(RowStore state) {
    this.state = state;
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.ALERT_STATE).bytes())) {
      rows.forEachRemaining(this::load);
    }
  }

  private void load(Row row) {
    AlertSubject subject = AlertSubject.ofStateKey(row.key());
    if (subject.kind() == AlertKind.SPIKE && SpikeState.decode(row.value()).open()) {
      hourly.put(subject, new Hours(0, 0));
    }
  }

  /**
   * Whether usage in an hour can still start or prolong a spike. Only hours of the last day start
   * one. The last hour of an open spike is at most one day earlier, so two days are enough.
   */
  boolean isRelevant(long hour, long now) {
    return hour >= CampaignHours.hourOf(now) - 2 * SpikeRule.CALM_HOURS;
  }

  /** Marks an hour of a campaign for evaluation if the credits used in it may reach its limit. */
  void onUsage(String workspaceId, String campaignId, long hour, long credits) {
    if (credits >= SpikeRule.EXCESS_MIN) {
      CampaignHour campaignHour = new CampaignHour(spikes(workspaceId, campaignId), hour);
      if (credits >= limits.getOrDefault(campaignHour, 0.0)) {
        toEvaluate.merge(campaignHour.subject, Hours.only(hour), Hours::union);
      }
    }
  }

  /** Marks the hour of a campaign's latest usage, and the 24 hours before it, for evaluation. */
  void markLastDay(String workspaceId, String campaignId, long lastHour) {
    toEvaluate.merge(spikes(workspaceId, campaignId), Hours.lastDay(lastHour), Hours::union);
  }

  private static AlertSubject spikes(String workspaceId, String campaignId) {
    return new AlertSubject(workspaceId, AlertKind.SPIKE, campaignId);
  }

  boolean hasWork(long now) {
    return !toEvaluate.isEmpty() || (!hourly.isEmpty() && CampaignHours.hourOf(now) != currentHour);
  }

  /**
   * Evaluates marked campaigns from the stored rows.
   *
   * @param into takes the resulting rows
   * @return the alerts raised
   */
  List<CreditAlert> evaluate(long now, Consumer<Row> into) {
    long hour = CampaignHours.hourOf(now);
    if (hour != currentHour) {
      currentHour = hour;
      hourly.forEach(
          (subject, hoursToEvaluate) ->
              toEvaluate.merge(subject, hoursToEvaluate.union(new Hours(hour, 0)), Hours::union));
    }
    List<CreditAlert> raised = new ArrayList<>();
    int rowsRead = 0;
    Iterator<Map.Entry<AlertSubject, Hours>> next = toEvaluate.entrySet().iterator();
    while (rowsRead < ROWS_PER_FLUSH && next.hasNext()) {
      Map.Entry<AlertSubject, Hours> due = next.next();
      if (due.getValue().latest >= currentHour - SpikeRule.CALM_HOURS) {
        rowsRead += evaluateCampaign(due.getKey(), due.getValue(), now, raised, into);
      }
      next.remove();
    }
    return raised;
  }

  /** Evaluates one campaign, and returns the number of rows read. */
  private int evaluateCampaign(
      AlertSubject subject,
      Hours hoursToEvaluate,
      long now,
      List<CreditAlert> raised,
      Consumer<Row> into) {
    SpikeState before = SpikeState.decode(state.get(subject.stateKey()));
    CampaignHours hours = new CampaignHours(state, subject.workspaceId(), subject.id());
    CampaignVersion version = hours.campaign().version();
    SpikeEvaluator evaluator =
        new SpikeEvaluator(
            subject,
            version == null ? null : version.name(),
            WorkspaceRow.read(state, subject.workspaceId()).zone(),
            hours,
            hours::count);
    SpikeEvaluator.Evaluation evaluation =
        evaluator.evaluate(
            before,
            hour ->
                hoursToEvaluate.has(hour) && reachesLimit(new CampaignHour(subject, hour), hours),
            Instant.ofEpochMilli(now));
    if (!evaluation.after().equals(before)) {
      into.accept(new Row(subject.stateKey(), evaluation.after().encode()));
    }
    if (evaluation.after().open() || hoursToEvaluate.latest > currentHour) {
      hourly.put(subject, hoursToEvaluate);
    } else {
      hourly.remove(subject);
    }
    raised.addAll(evaluation.alerts());
    return 1 + hours.rowsRead();
  }

  /** Whether the usage of an hour reaches its limit. Remembers the limit. */
  private boolean reachesLimit(CampaignHour campaignHour, CampaignHours hours) {
    double limit = SpikeRule.STANDARD.limit(hours, campaignHour.hour);
    boolean isReached = hours.applyAsLong(campaignHour.hour) >= limit;
    // Once the limit is reached, infinity is remembered instead: more usage in this hour needs no
    // evaluation,
    // because an open spike is evaluated hourly.
    limits.put(campaignHour, isReached ? Double.POSITIVE_INFINITY : limit);
    return isReached;
  }
}
