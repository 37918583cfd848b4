package io.creditflow.engine;

import io.creditflow.alert.AlertMeasure;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Position;
import io.creditflow.alert.AlertRules;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.AlertSubject;
import io.creditflow.alert.ExpiringGrant;
import io.creditflow.alert.QuotaUsage;
import io.creditflow.alert.RemainingBalance;
import io.creditflow.alert.ThresholdEvaluator;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Campaigns;
import io.creditflow.events.CreditAlert;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Decides after each flush which alerts to raise, based on the stored rows. It evaluates workspaces
 * that have changed, and workspaces whose next evaluation is due even without a record. It
 * evaluates only while the partition lags by at most a minute: during a replay it would raise
 * alerts that events later in the replay make wrong. Not thread-safe.
 */
final class AlertEvaluator {
  /** While asOf is older than this, nothing is evaluated. */
  private static final long BEHIND_MILLIS_MAX = Duration.ofMinutes(1).toMillis();

  /** The maximum number of workspaces evaluated per flush, so that a commit is not delayed. */
  private static final int WORKSPACES_PER_FLUSH = 20;

  private final RowStore state;
  private final AlertRules rules;
  private final Set<String> published;

  /** The workspaces to evaluate, each with the ids of the campaigns that have changed. */
  private final Map<String, Set<String>> toEvaluate = new LinkedHashMap<>();

  /** Whether the partition lagged too much at the last flush that was to be evaluated. */
  private boolean isBehind = true;

  /** Subjects without a stored alert state for which {@link #published} has been searched. */
  private final Set<AlertSubject> searched = new HashSet<>();

  /** Workspaces whose campaigns must all be evaluated: which ones changed was not recorded. */
  private final Set<String> allCampaigns = new HashSet<>();

  /**
   * The workspaces to evaluate even if no record arrives, by time in milliseconds since 1970. May
   * contain outdated times. An evaluation at such a time finds nothing new.
   */
  private final NavigableMap<Long, Set<String>> due = new TreeMap<>();

  private final List<CreditAlert> raised = new ArrayList<>();
  private final RowWriter writer = new RowWriter();
  private final SpikeMonitor spikes;

  /**
   * Marks every workspace in the state for evaluation.
   *
   * @param published ids of alerts that were published before this process started
   */
  AlertEvaluator(RowStore state, AlertRules rules, Set<String> published) {
    this.state = state;
    this.rules = rules;
    this.published = published;
    spikes = new SpikeMonitor(state);
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.WORKSPACE).bytes())) {
      rows.forEachRemaining(row -> allCampaigns.add(RowKey.parts(row.key()).text()));
    }
    allCampaigns.forEach(workspaceId -> toEvaluate.put(workspaceId, new HashSet<>()));
  }

  /**
   * Marks a workspace that a flush has changed for evaluation.
   *
   * @param campaignIds the campaigns that have changed
   * @param now the wall clock, milliseconds since 1970; 0 if this flush is not evaluated
   * @param asOf the append time before which every record is reflected
   */
  void changed(String workspaceId, Set<String> campaignIds, long now, long asOf) {
    isBehind = now == 0 ? isBehind : !mayEvaluate(now, asOf);
    Set<String> changed = toEvaluate.computeIfAbsent(workspaceId, id -> new HashSet<>());
    if (isBehind) {
      // During a catch-up, do not collect campaigns; evaluate all of them afterwards.
      allCampaigns.add(workspaceId);
    } else {
      changed.addAll(campaignIds);
    }
  }

  /** Whether there is something to evaluate and evaluation is allowed. */
  boolean hasWork(long now, long asOf) {
    return mayEvaluate(now, asOf)
        && (!toEvaluate.isEmpty()
            || (!due.isEmpty() && due.firstKey() <= now)
            || spikes.hasWork(now));
  }

  private boolean mayEvaluate(long now, long asOf) {
    return rules.areRaised() && asOf >= now - BEHIND_MILLIS_MAX;
  }

  /**
   * Evaluates changed and due workspaces from the stored rows. {@link #takeRaised} returns the
   * alerts.
   *
   * @param flush the number of the flush that the resulting rows belong to
   * @param into takes the resulting rows
   */
  void evaluate(long now, long asOf, long flush, Consumer<Row> into) {
    if (!mayEvaluate(now, asOf)) {
      return;
    }
    while (!due.isEmpty() && due.firstKey() <= now) {
      for (String workspaceId : due.pollFirstEntry().getValue()) {
        toEvaluate.computeIfAbsent(workspaceId, id -> new HashSet<>());
      }
    }
    Iterator<Map.Entry<String, Set<String>>> workspaces = toEvaluate.entrySet().iterator();
    for (int i = 0; i < WORKSPACES_PER_FLUSH && workspaces.hasNext(); i++) {
      Map.Entry<String, Set<String>> next = workspaces.next();
      evaluate(next.getKey(), next.getValue(), now, flush, into);
      workspaces.remove();
    }
    raise(spikes.evaluate(now, into), flush, into);
  }

  private void evaluate(
      String workspaceId, Set<String> campaignIds, long now, long flush, Consumer<Row> into) {
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    Campaigns campaigns = new Campaigns(state, workspaceId, usage);
    if (allCampaigns.remove(workspaceId)) {
      campaignIds.addAll(campaigns.all().keySet());
    }
    for (String campaignId : campaignIds) {
      CampaignRow row = campaigns.get(campaignId);
      spikes.onUsage(workspaceId, campaignId, row, now);
      evaluate(QuotaUsage.of(workspaceId, campaignId, row), now, flush, into);
    }
    BurnDown burnDown = new Balance(state, workspaceId, usage).present(now);
    evaluate(RemainingBalance.of(workspaceId, usage, burnDown), now, flush, into);
    ZoneId zone = WorkspaceRow.read(state, workspaceId).zone();
    long next = burnDown.nextBoundary();
    for (BurnDown.Account account : burnDown.live()) {
      ExpiringGrant expiring = ExpiringGrant.of(workspaceId, account, zone, now);
      if (expiring != null) {
        evaluate(expiring, now, flush, into);
        for (double threshold : rules.expiry()) {
          long at = expiring.crossedAt(threshold).toEpochMilli();
          next = at > now ? Math.min(next, at) : next;
        }
      }
    }
    if (next != Grant.NEVER) {
      due.computeIfAbsent(next, at -> new TreeSet<>()).add(workspaceId);
    }
  }

  private void raise(List<CreditAlert> alerts, long flush, Consumer<Row> into) {
    for (CreditAlert alert : alerts) {
      Position position = new Position(alert.getOccurredAt().toEpochMilli(), flush, raised.size());
      new AlertRow(position, alert).encode(writer).forEach(into);
      raised.add(alert);
      // The workspace's version changes, which invalidates its cached answers.
      String workspaceId = alert.getWorkspaceId();
      WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId).changed(flush);
      into.accept(new Row(WorkspaceUsage.key(workspaceId).bytes(), usage.encode(writer)));
    }
  }

  private void evaluate(AlertMeasure measure, long now, long flush, Consumer<Row> into) {
    AlertSubject subject = measure.subject();
    List<Double> thresholds = rules.thresholds(subject.kind());
    AlertState stored = AlertState.decode(state.get(subject.stateKey()));
    boolean mustSearch =
        !published.isEmpty() && stored.equals(AlertState.NEW) && searched.add(subject);
    ThresholdEvaluator.Evaluation evaluation =
        ThresholdEvaluator.evaluate(
            thresholds,
            mustSearch ? ThresholdEvaluator.resumed(thresholds, measure, published) : stored,
            measure,
            id -> published.contains(id) || AlertRow.find(state, subject.workspaceId(), id) != null,
            Instant.ofEpochMilli(now));
    if (!evaluation.after().equals(stored)) {
      into.accept(new Row(subject.stateKey(), evaluation.after().encode()));
    }
    raise(evaluation.alerts(), flush, into);
  }

  /** The alerts raised since the last call, to be published in the same transaction. */
  List<CreditAlert> takeRaised() {
    List<CreditAlert> taken = List.copyOf(raised);
    raised.clear();
    return taken;
  }
}
