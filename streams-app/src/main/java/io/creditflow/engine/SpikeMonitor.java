package io.creditflow.engine;

import io.creditflow.alert.AlertSubject;
import io.creditflow.alert.SpikeEvaluator;
import io.creditflow.alert.SpikeRule;
import io.creditflow.alert.SpikeState;
import io.creditflow.campaign.CampaignHours;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Campaigns;
import io.creditflow.events.AlertKind;
import io.creditflow.events.CreditAlert;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.Table;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Selects and evaluates the campaigns that may have a spike: those whose usage in an hour of the
 * last day has reached the limit of that hour, and those with an open spike. The limit of an hour,
 * or a lower bound of the limit, is held in memory, so most flushes need only a comparison. Until
 * its usage reaches that limit, an hour is not evaluated again. Not thread-safe.
 */
final class SpikeMonitor {
  /**
   * After reading this many rows, which takes about 10 ms, a flush starts no further evaluation.
   */
  private static final int ROWS_PER_FLUSH = 64;

  /** The maximum number of limits in memory, about 20 MB. An evicted limit is computed again. */
  private static final int LIMITS_MAX = 100_000;

  private record CampaignHour(AlertSubject subject, long hour) {}

  private final RowStore state;

  private final Set<AlertSubject> toEvaluate = new LinkedHashSet<>();

  /**
   * The campaigns to evaluate at the start of each hour: those with an open spike, or with usage
   * whose event time is in a future hour.
   */
  private final Set<AlertSubject> hourly = new HashSet<>();

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
      hourly.add(subject);
    }
  }

  /**
   * Marks a campaign for evaluation if the credits used in an hour may reach the hour's limit.
   * Hours before the last day can no longer start a spike.
   */
  void onUsage(String workspaceId, String campaignId, CampaignRow row, long now) {
    CampaignHours hours = new CampaignHours(state, workspaceId, campaignId, row);
    long last = CampaignHours.hourOf(row.lastActivityAt());
    for (long hour = CampaignHours.hourOf(now) - SpikeRule.CALM_HOURS; hour <= last; hour++) {
      onUsage(workspaceId, campaignId, hour, hours.count(hour).credits());
    }
  }

  /** Marks a campaign for evaluation if these credits may reach the limit of an hour. */
  void onUsage(String workspaceId, String campaignId, long hour, long credits) {
    AlertSubject subject = new AlertSubject(workspaceId, AlertKind.SPIKE, campaignId);
    if (mayReachLimit(new CampaignHour(subject, hour), credits)) {
      toEvaluate.add(subject);
    }
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
    if (CampaignHours.hourOf(now) != currentHour) {
      currentHour = CampaignHours.hourOf(now);
      toEvaluate.addAll(hourly);
    }
    List<CreditAlert> raised = new ArrayList<>();
    int rowsRead = 0;
    Iterator<AlertSubject> next = toEvaluate.iterator();
    while (rowsRead < ROWS_PER_FLUSH && next.hasNext()) {
      rowsRead += evaluateCampaign(next.next(), now, raised, into);
      next.remove();
    }
    return raised;
  }

  /** Evaluates one campaign, and returns the number of rows read. */
  private int evaluateCampaign(
      AlertSubject subject, long now, List<CreditAlert> raised, Consumer<Row> into) {
    String workspaceId = subject.workspaceId();
    SpikeState before = SpikeState.decode(state.get(subject.stateKey()));
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    CampaignRow row = new Campaigns(state, workspaceId, usage).get(subject.id());
    CampaignHours hours = new CampaignHours(state, workspaceId, subject.id(), row);
    SpikeEvaluator.Evaluation evaluation =
        new SpikeEvaluator(
                subject,
                row.version() == null ? null : row.version().name(),
                WorkspaceRow.read(state, workspaceId).zone(),
                hours,
                hours::count)
            .evaluate(
                before,
                hour -> reachesLimit(new CampaignHour(subject, hour), hours),
                Instant.ofEpochMilli(now));
    if (before.open()) {
      // Hours up to the last one at its limit are never evaluated again, also after a restart.
      for (long hour = currentHour - SpikeRule.CALM_HOURS; hour <= before.lastHour(); hour++) {
        limits.put(new CampaignHour(subject, hour), Double.POSITIVE_INFINITY);
      }
    }
    if (!evaluation.after().equals(before)) {
      into.accept(new Row(subject.stateKey(), evaluation.after().encode()));
    }
    if (evaluation.after().open() || CampaignHours.hourOf(row.lastActivityAt()) > currentHour) {
      hourly.add(subject);
    } else {
      hourly.remove(subject);
    }
    raised.addAll(evaluation.alerts());
    return 1 + hours.rowsRead();
  }

  private boolean mayReachLimit(CampaignHour campaignHour, long credits) {
    return credits >= SpikeRule.EXCESS_MIN && credits >= limits.getOrDefault(campaignHour, 0.0);
  }

  /** Whether the usage of an hour reaches its limit. Remembers the limit. */
  private boolean reachesLimit(CampaignHour campaignHour, CampaignHours hours) {
    long credits = hours.count(campaignHour.hour).credits();
    if (!mayReachLimit(campaignHour, credits)) {
      return false;
    }
    double limit = SpikeRule.STANDARD.limit(hours, campaignHour.hour);
    // Once the limit is reached, infinity is remembered instead: more usage in this hour needs no
    // evaluation, because an open spike is evaluated hourly.
    limits.put(campaignHour, credits >= limit ? Double.POSITIVE_INFINITY : limit);
    return credits >= limit;
  }
}
