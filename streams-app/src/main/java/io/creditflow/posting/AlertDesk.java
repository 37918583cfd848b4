package io.creditflow.posting;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertRow;
import io.creditflow.alert.AlertRules;
import io.creditflow.alert.AlertState;
import io.creditflow.alert.BalanceLeft;
import io.creditflow.alert.Crossings;
import io.creditflow.alert.ExpiringRest;
import io.creditflow.alert.Ladder;
import io.creditflow.alert.Measure;
import io.creditflow.alert.QuotaUse;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.events.AlertKind;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import io.creditflow.workspace.WorkspaceRow;
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
 * Judges what people should be told, on the state at a flush: of workspaces that changed, and of
 * those whose time has come though nothing arrived. Only while the partition is level with its
 * topics: half a replay would raise alarms that the other half takes back.
 */
final class AlertDesk {
  /** A partition further behind than this judges nothing until it has caught up. */
  private static final long BEHIND_MILLIS_MAX = Duration.ofMinutes(1).toMillis();

  /** So that many workspaces at once do not hold up a commit. */
  private static final int WORKSPACES_PER_FLUSH = 100;

  /** A workspace and when it must be looked at though nothing arrives. */
  private record Due(long at, String workspaceId) {}

  private record Subject(String workspaceId, AlertKind kind, String subject) {}

  private final State state;
  private final AlertRules rules;
  private final Set<String> published;
  private final Map<String, Set<String>> waiting = new LinkedHashMap<>();

  /** Subjects without a state whose published alerts were looked for: once each is enough. */
  private final Set<Subject> asked = new HashSet<>();

  /** Workspaces of which it is not known what was judged before these books were opened. */
  private final Set<String> unknown = new HashSet<>();

  private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
  private final Map<String, Long> dueAt = new HashMap<>();
  private final List<Alert> raised = new ArrayList<>();
  private final RowWriter writer = new RowWriter();
  private final SpikeDesk spikes;

  /**
   * @param published ids of alerts that were published before this process began
   */
  AlertDesk(State state, AlertRules rules, Set<String> published) {
    this.state = state;
    this.rules = rules;
    this.published = published;
    spikes = new SpikeDesk(state);
    try (State.Rows rows = state.within(Key.of(Table.WORKSPACE).bytes())) {
      rows.forEachRemaining(row -> unknown.add(Key.parts(row.key()).text()));
    }
    unknown.forEach(workspaceId -> waiting.put(workspaceId, new HashSet<>()));
  }

  /**
   * Takes note of what a flush changed.
   *
   * @param now the wall clock; 0 if this flush is not to be judged
   */
  void changed(String workspaceId, WorkspaceChanges changes, long now) {
    waiting.computeIfAbsent(workspaceId, id -> new HashSet<>()).addAll(changes.campaigns.keySet());
    spikes.changed(workspaceId, changes, rules.areRaised() ? now : 0);
  }

  /** Whether anything waits to be judged and may be. */
  boolean hasWork(long now, long asOf) {
    return mayJudge(now, asOf)
        && (!waiting.isEmpty() || (!due.isEmpty() && due.peek().at <= now) || spikes.hasWork(now));
  }

  private boolean mayJudge(long now, long asOf) {
    return rules.areRaised() && asOf >= now - BEHIND_MILLIS_MAX;
  }

  /** Judges what waits or is due, on what is stored. */
  void judge(long now, long asOf, long flush, Consumer<Row> into) {
    if (!mayJudge(now, asOf)) {
      return;
    }
    while (!due.isEmpty() && due.peek().at <= now) {
      Due next = due.poll();
      if (dueAt.remove(next.workspaceId, next.at)) {
        waiting.computeIfAbsent(next.workspaceId, id -> new HashSet<>());
      }
    }
    Iterator<Map.Entry<String, Set<String>>> workspaces = waiting.entrySet().iterator();
    for (int i = 0; i < WORKSPACES_PER_FLUSH && workspaces.hasNext(); i++) {
      Map.Entry<String, Set<String>> next = workspaces.next();
      judge(next.getKey(), next.getValue(), now, flush, into);
      workspaces.remove();
    }
    for (Alert alert : spikes.judge(now, into)) {
      raise(alert, into);
      changedAnswer(alert.workspaceId(), flush, into);
    }
  }

  private void judge(
      String workspaceId, Set<String> campaigns, long now, long flush, Consumer<Row> into) {
    int before = raised.size();
    Instant instant = Instant.ofEpochMilli(now);
    if (unknown.remove(workspaceId)) {
      addAll(workspaceId, campaigns);
    }
    for (String campaignId : campaigns) {
      quota(workspaceId, campaignId, instant, into);
    }
    balance(workspaceId, WorkspaceRow.read(state, workspaceId), instant, into);
    if (raised.size() > before) {
      changedAnswer(workspaceId, flush, into);
    }
  }

  private void addAll(String workspaceId, Set<String> campaigns) {
    try (State.Rows rows = state.within(Key.of(Table.CAMPAIGN, workspaceId).bytes())) {
      while (rows.hasNext()) {
        Row row = rows.next();
        Key.Parts key = Key.parts(row.key());
        key.text();
        String campaignId = key.text();
        campaigns.add(campaignId);
        long lastHour = HourlySpend.hourOf(CampaignRow.decode(row.value()).lastActivityAt());
        spikes.changedBefore(workspaceId, campaignId, lastHour);
      }
    }
  }

  /** Whoever keeps a rendered answer must see that there is more to tell. */
  private void changedAnswer(String workspaceId, long flush, Consumer<Row> into) {
    WorkspaceRow row = WorkspaceRow.read(state, workspaceId).version(flush);
    into.accept(new Row(WorkspaceRow.key(workspaceId).bytes(), row.encode(writer)));
  }

  private void raise(Alert alert, Consumer<Row> into) {
    into.accept(AlertRow.encode(alert, writer));
    raised.add(alert);
  }

  private void quota(String workspaceId, String campaignId, Instant now, Consumer<Row> into) {
    CampaignRow row = CampaignRow.read(state, workspaceId, campaignId);
    if (row.picture() == null || row.picture().quota() == null || row.picture().quota() < 0) {
      return;
    }
    long changedAt = Math.max(row.changedAt(), row.picture().occurredAt());
    judge(
        workspaceId,
        rules.quota(),
        new QuotaUse(
            campaignId,
            row.picture().name(),
            row.total().credits(),
            row.picture().quota(),
            Instant.ofEpochMilli(changedAt)),
        now,
        into);
  }

  private void balance(
      String workspaceId, WorkspaceRow workspace, Instant now, Consumer<Row> into) {
    Balance balance = new Balance(state, workspaceId);
    BurnDown walk = balance.present(now.toEpochMilli());
    // A depleted grant's end counts too: it moves the allocation that the rest is a part of.
    long changedAt = Math.max(workspace.usedAt(), balance.lastBoundary(now.toEpochMilli()));
    judge(
        workspaceId,
        rules.lowBalance(),
        new BalanceLeft(
            walk.remaining(), walk.allocated(), walk.overage(), Instant.ofEpochMilli(changedAt)),
        now,
        into);
    long next = balance.nextBoundary(now.toEpochMilli());
    for (BurnDown.Account account : walk.live()) {
      Grant grant = account.grant();
      if (account.rest() > 0 && grant.expiresAt() != Grant.NEVER && !grant.endsByVoid()) {
        ExpiringRest rest =
            new ExpiringRest(
                grant.grantId(),
                account.rest(),
                Instant.ofEpochMilli(grant.effectiveAt()),
                Instant.ofEpochMilli(grant.expiresAt()),
                now);
        judge(workspaceId, rules.expiry(), rest, now, into);
        for (Ladder.Rung rung : rules.expiry().rungs()) {
          long at = rest.crossedAt(rung.threshold()).toEpochMilli();
          next = at > now.toEpochMilli() ? Math.min(next, at) : next;
        }
      }
    }
    Long before = next == Long.MAX_VALUE ? dueAt.remove(workspaceId) : dueAt.put(workspaceId, next);
    if (next != Long.MAX_VALUE && (before == null || before != next)) {
      due.add(new Due(next, workspaceId));
    }
  }

  private void judge(
      String workspaceId, Ladder ladder, Measure measure, Instant now, Consumer<Row> into) {
    byte[] key =
        Key.of(Table.ALERT_STATE, workspaceId)
            .text(ladder.kind().name())
            .text(measure.subject())
            .bytes();
    AlertState stored = AlertState.decode(state.get(key));
    boolean ask =
        !published.isEmpty()
            && stored.equals(AlertState.NEW)
            && asked.add(new Subject(workspaceId, ladder.kind(), measure.subject()));
    AlertState before = ask ? Crossings.resumed(workspaceId, ladder, measure, published) : stored;
    Crossings.Judgement judgement = Crossings.judge(workspaceId, ladder, before, measure, now);
    if (!judgement.after().equals(stored)) {
      into.accept(new Row(key, judgement.after().encode()));
    }
    judgement.alerts().forEach(alert -> raise(alert, into));
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
