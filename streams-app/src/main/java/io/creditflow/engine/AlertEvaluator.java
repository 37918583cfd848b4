package io.creditflow.engine;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertMeasure;
import io.creditflow.alert.AlertMeasures;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRow.Position;
import io.creditflow.alert.AlertRules;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.ExpiringGrant;
import io.creditflow.alert.ThresholdEvaluator;
import io.creditflow.alert.Thresholds;
import io.creditflow.campaign.CampaignHours;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.events.AlertKind;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignDelta;
import io.creditflow.usage.WorkspaceUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges which alerts people should get, on the state at a flush: of workspaces that changed, and
 * of those whose time has come though nothing arrived. Only while the partition is level with its
 * topics: half a replay would raise alarms that the other half takes back.
 */
final class AlertEvaluator {
  /** A partition further behind than this judges nothing until it has caught up. */
  private static final long BEHIND_MILLIS_MAX = Duration.ofMinutes(1).toMillis();

  /** So that many workspaces at once do not hold up a commit. */
  private static final int WORKSPACES_PER_FLUSH = 100;

  /** A workspace and when it must be looked at though nothing arrives. */
  private record Due(long at, String workspaceId) {}

  private record Subject(String workspaceId, AlertKind kind, String subject) {}

  private final RowStore state;
  private final AlertRules rules;
  private final Set<String> published;

  /** By workspace and campaign, the hours in which it used more or less than before. */
  private final Map<String, Map<String, Set<Long>>> waiting = new LinkedHashMap<>();

  private boolean isBehind = true;

  /** Subjects without a state whose published alerts were looked for: once each is enough. */
  private final Set<Subject> asked = new HashSet<>();

  /** Workspaces of which it is not known what was judged before this state was opened. */
  private final Set<String> unknown = new HashSet<>();

  private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
  private final Map<String, Long> dueAt = new HashMap<>();
  private final List<Alert> raised = new ArrayList<>();
  private final RowWriter writer = new RowWriter();
  private final SpikeMonitor spikes;

  /**
   * @param published ids of alerts that were published before this process began
   */
  AlertEvaluator(RowStore state, AlertRules rules, Set<String> published) {
    this.state = state;
    this.rules = rules;
    this.published = published;
    spikes = new SpikeMonitor(state);
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.WORKSPACE).bytes())) {
      rows.forEachRemaining(row -> unknown.add(RowKey.parts(row.key()).text()));
    }
    unknown.forEach(workspaceId -> waiting.put(workspaceId, new HashMap<>()));
  }

  /**
   * Takes note of what a flush changed.
   *
   * @param now the wall clock; 0 if this flush is not to be judged
   */
  void changed(String workspaceId, Map<String, CampaignDelta> campaigns, long now, long asOf) {
    isBehind = now == 0 ? isBehind : !mayEvaluate(now, asOf);
    Map<String, Set<Long>> hours = waiting.computeIfAbsent(workspaceId, id -> new HashMap<>());
    if (isBehind) {
      // All campaigns change meanwhile, and are looked at once it has caught up.
      unknown.add(workspaceId);
      return;
    }
    campaigns.forEach(
        (campaignId, delta) ->
            hours
                .computeIfAbsent(campaignId, id -> new HashSet<>())
                .addAll(CampaignHours.hoursOf(delta.byQuarter())));
  }

  /** Whether anything waits to be judged and may be. */
  boolean hasWork(long now, long asOf) {
    return mayEvaluate(now, asOf)
        && (!waiting.isEmpty() || (!due.isEmpty() && due.peek().at <= now) || spikes.hasWork(now));
  }

  private boolean mayEvaluate(long now, long asOf) {
    return rules.areRaised() && asOf >= now - BEHIND_MILLIS_MAX;
  }

  /** Judges what waits or is due, on what is stored. */
  void evaluate(long now, long asOf, long flush, Consumer<Row> into) {
    if (!mayEvaluate(now, asOf)) {
      return;
    }
    while (!due.isEmpty() && due.peek().at <= now) {
      Due next = due.poll();
      if (dueAt.remove(next.workspaceId, next.at)) {
        waiting.computeIfAbsent(next.workspaceId, id -> new HashMap<>());
      }
    }
    Iterator<Map.Entry<String, Map<String, Set<Long>>>> workspaces = waiting.entrySet().iterator();
    for (int i = 0; i < WORKSPACES_PER_FLUSH && workspaces.hasNext(); i++) {
      Map.Entry<String, Map<String, Set<Long>>> next = workspaces.next();
      evaluate(next.getKey(), next.getValue(), now, flush, into);
      workspaces.remove();
    }
    raise(spikes.evaluate(now, into), flush, into);
  }

  private void evaluate(
      String workspaceId,
      Map<String, Set<Long>> campaigns,
      long now,
      long flush,
      Consumer<Row> into) {
    AlertMeasures measures = new AlertMeasures(state, workspaceId, now);
    if (unknown.remove(workspaceId)) {
      measures
          .campaigns()
          .all()
          .forEach(
              (campaignId, row) -> {
                Set<Long> hours = campaigns.computeIfAbsent(campaignId, id -> new HashSet<>());
                if (row.isWhollyRecent()) {
                  hours.addAll(CampaignHours.hoursOf(row.recent()));
                } else {
                  long lastHour = CampaignHours.hourOf(row.lastActivityAt());
                  spikes.mustLookAt(workspaceId, campaignId, lastHour);
                }
              });
    }
    List<ExpiringGrant> expiries = measures.expiries();
    List<Alert> alerts = new ArrayList<>();
    campaigns.forEach(
        (campaignId, hours) -> {
          CampaignRow row = measures.campaigns().get(campaignId);
          for (long hour : hours) {
            long credits = CampaignHours.credits(state, workspaceId, campaignId, row, hour);
            spikes.spent(workspaceId, campaignId, hour, credits);
          }
          alerts.addAll(
              evaluate(workspaceId, rules.quota(), measures.quota(campaignId), now, into));
        });
    alerts.addAll(evaluate(workspaceId, rules.lowBalance(), measures.balance(), now, into));
    for (ExpiringGrant rest : expiries) {
      alerts.addAll(evaluate(workspaceId, rules.expiry(), rest, now, into));
    }
    raise(alerts, flush, into);
    schedule(workspaceId, Math.min(measures.nextBoundary(), nextExpiry(expiries, now)));
  }

  /** When a rest comes within the next threshold of its expiry. */
  private long nextExpiry(List<ExpiringGrant> expiries, long now) {
    return expiries.stream()
        .flatMap(
            rest ->
                rules.expiry().steps().stream()
                    .map(step -> rest.crossedAt(step.threshold()).toEpochMilli()))
        .filter(at -> at > now)
        .min(Long::compare)
        .orElse(Long.MAX_VALUE);
  }

  private void schedule(String workspaceId, long next) {
    Long before = next == Long.MAX_VALUE ? dueAt.remove(workspaceId) : dueAt.put(workspaceId, next);
    if (next != Long.MAX_VALUE && (before == null || before != next)) {
      due.add(new Due(next, workspaceId));
    }
  }

  private void raise(List<Alert> alerts, long flush, Consumer<Row> into) {
    for (Alert alert : alerts) {
      Position place = new Position(alert.occurredAt().toEpochMilli(), flush, raised.size());
      new AlertRow(place, alert).encode(writer).forEach(into);
      raised.add(alert);
      // Whoever keeps a rendered answer must see that there is more to tell.
      WorkspaceUsage usage = WorkspaceUsage.read(state, alert.workspaceId()).changed(flush);
      into.accept(new Row(WorkspaceUsage.key(alert.workspaceId()).bytes(), usage.encode(writer)));
    }
  }

  private List<Alert> evaluate(
      String workspaceId,
      Thresholds thresholds,
      AlertMeasure measure,
      long now,
      Consumer<Row> into) {
    byte[] key = AlertState.key(workspaceId, thresholds.kind(), measure.subject());
    AlertState stored = AlertState.decode(state.get(key));
    boolean ask =
        !published.isEmpty()
            && stored.equals(AlertState.NEW)
            && asked.add(new Subject(workspaceId, thresholds.kind(), measure.subject()));
    AlertState before =
        ask ? ThresholdEvaluator.resumed(workspaceId, thresholds, measure, published) : stored;
    ThresholdEvaluator.Evaluation evaluation =
        ThresholdEvaluator.evaluate(
            workspaceId,
            thresholds,
            before,
            measure,
            id -> published.contains(id) || AlertRow.isKept(state, workspaceId, id),
            Instant.ofEpochMilli(now));
    if (!evaluation.after().equals(stored)) {
      into.accept(new Row(key, evaluation.after().encode()));
    }
    return evaluation.alerts();
  }

  /** Alerts raised since the last call, to be published in the same transaction. */
  List<Alert> takeRaised() {
    if (raised.isEmpty()) {
      return List.of();
    }
    List<Alert> taken = List.copyOf(raised);
    raised.clear();
    return taken;
  }
}
