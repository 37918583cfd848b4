package io.creditflow.engine;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.grant.Grant;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerPosition;
import io.creditflow.ledger.LedgerWriter;
import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Posting;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.state.WritableRowStore;
import io.creditflow.usage.CampaignDelta;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageSegments;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.DayRecount;
import io.creditflow.workspace.WorkspaceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the changes since the last flush: each changed row once, the ledger in sorted chunks. Rows
 * of usage are written before grants, because a new grant boundary splits a segment by counting its
 * usage from these rows. Not thread-safe.
 */
final class FlushWriter {
  private final WritableRowStore state;
  private final RowWriter writer = new RowWriter();
  private final LedgerWriter ledger = new LedgerWriter();
  private final DayRecount recount;
  private final int recentQuartersMax;
  private final AlertEvaluator alerts;
  private final List<Row> rows = new ArrayList<>();

  FlushWriter(WritableRowStore state, EngineConfig rules, Set<String> published) {
    this.state = state;
    recount = new DayRecount(state, rules.recountRowsPerStep());
    recentQuartersMax = rules.recentQuartersMax();
    alerts = new AlertEvaluator(state, rules.alerts(), published);
  }

  AlertEvaluator alerts() {
    return alerts;
  }

  /** Marks the workspaces whose days must be recounted by the rules of this tz release. */
  void followTzRelease(WriteBuffer buffer) {
    if (FlushCheckpoint.isOfThisTzRelease(state)) {
      return;
    }
    try (RowStore.RowIterator all = state.within(RowKey.of(Table.WORKSPACE).bytes())) {
      while (all.hasNext()) {
        Row row = all.next();
        String workspaceId = RowKey.parts(row.key()).text();
        if (recount.mustFollow(workspaceId, WorkspaceRow.decode(row.value()))) {
          buffer.of(workspaceId).checksZone = true;
        }
      }
    }
  }

  boolean isRecounting() {
    return recount.isRunning();
  }

  /**
   * Writes one flush.
   *
   * @param judging whether alerts are evaluated, too; only for a caller that can publish them
   * @param now the wall clock, milliseconds since 1970
   * @param asOf the append time before which every record was delivered
   */
  void write(WriteBuffer buffer, PendingReversals pending, boolean judging, long now, long asOf) {
    long flush = buffer.nextFlush();
    rows.add(FlushCheckpoint.begun(flush, writer));
    buffer.workspaces().forEach((id, changed) -> workspace(id, changed, buffer));
    pending.write(rows::add);
    finish(buffer, flush);
    buffer
        .workspaces()
        .forEach((id, changed) -> alerts.changed(id, changed.campaigns, judging ? now : 0, asOf));
    buffer.written();
    if (judging && alerts.hasWork(now, asOf)) {
      evaluate(buffer, now, asOf);
    }
  }

  /**
   * Writes the collected rows, then the rows that are derived from them. This is one batch, unless
   * grants have changed or days are recounted.
   */
  private void finish(WriteBuffer buffer, long flush) {
    if (buffer.workspaces().values().stream().anyMatch(changed -> !changed.grants.isEmpty())) {
      spill();
      buffer.workspaces().forEach(this::grants);
    }
    if (recount.isRunning()) {
      spill();
      recount.step(flush, rows::add);
    }
    rows.add(buffer.checkpoint().completed(writer));
    spill();
  }

  /**
   * Evaluates alerts on the written rows. The resulting rows are a flush of their own, so that
   * readers need not wait for the evaluation.
   */
  private void evaluate(WriteBuffer buffer, long now, long asOf) {
    alerts.evaluate(now, asOf, buffer.flushes() + 1, rows::add);
    if (!rows.isEmpty()) {
      rows.add(0, FlushCheckpoint.begun(buffer.nextFlush(), writer));
      rows.add(buffer.checkpoint().completed(writer));
      spill();
    }
  }

  private void spill() {
    state.write(List.copyOf(rows));
    rows.clear();
  }

  private void put(RowKey key, byte[] value) {
    rows.add(new Row(key.bytes(), value));
  }

  private void workspace(String workspaceId, WorkspaceBuffer changed, WriteBuffer buffer) {
    List<Change> postings = settled(changed.postings);
    ledger.write(workspaceId, postings, buffer::nextChunk, rows::add);
    ledger.writeEmails(workspaceId, settled(changed.emails), buffer::nextChunk, rows::add);
    changed.processedIds.forEach(
        (id, seen) ->
            put(RowKey.of(Table.PROCESSED_ID, workspaceId).text(id), seen.encode(writer)));
    changed.reversals.forEach(
        (id, row) -> put(RowKey.of(Table.REVERSAL, workspaceId).text(id), row.encode(writer)));
    usage(workspaceId, changed, postings, buffer.flushes());
  }

  /**
   * Sorts changes by the position of their postings, and merges the changes of one posting into its
   * last state.
   */
  private static List<Change> settled(List<Change> changes) {
    changes.sort(Comparator.comparing(Change::posting, Posting.ORDER));
    List<Change> settled = new ArrayList<>(changes.size());
    for (Change change : changes) {
      int last = settled.size() - 1;
      if (last >= 0 && Posting.ORDER.compare(settled.get(last).posting(), change.posting()) == 0) {
        long usedChange = settled.get(last).usedChange() + change.usedChange();
        settled.set(last, new Change(change.posting(), usedChange));
      } else {
        settled.add(change);
      }
    }
    return settled;
  }

  private void usage(
      String workspaceId, WorkspaceBuffer changed, List<Change> postings, long flush) {
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    describe(workspaceId, changed, usage.isNew());
    usage.changed(flush);
    for (Change change : postings) {
      usage.add(change.posting().at(), change.usedChange());
    }
    usage.add(changed.campaigns);
    if (usage.deltaSize() > recentQuartersMax || !changed.versions.isEmpty()) {
      campaigns(workspaceId, changed, usage.deltas());
      usage.deltas().clear();
    }
    usage.spill(
        recentQuartersMax, new WorkspaceQuarterHours(state, workspaceId), writer, rows::add);
    put(WorkspaceUsage.key(workspaceId), usage.encode(writer));
  }

  private void describe(String workspaceId, WorkspaceBuffer changed, boolean isNew) {
    if (isNew || changed.checksZone || !changed.descriptions.isEmpty()) {
      WorkspaceRow stored = WorkspaceRow.read(state, workspaceId);
      WorkspaceRow row = stored;
      for (WorkspaceChanged description : changed.descriptions) {
        row = row.show(description);
      }
      if (isNew || !row.equals(stored)) {
        put(WorkspaceRow.key(workspaceId), row.encode(writer));
      }
      recount.follow(workspaceId, row, rows::add);
    }
  }

  /** Moves the deltas of campaigns from the workspace's row to the campaigns' own rows. */
  private void campaigns(
      String workspaceId, WorkspaceBuffer changed, Map<String, CampaignDelta> deltas) {
    CampaignUsage quarters = CampaignUsage.quarters(state, workspaceId);
    DayRecount.DayWriter days = recount.days(workspaceId);
    deltas.forEach(
        (campaignId, delta) -> {
          CampaignRow row = CampaignRow.read(state, workspaceId, campaignId).add(delta);
          for (CampaignVersion version : changed.versions.getOrDefault(campaignId, List.of())) {
            row.show(version);
            put(
                RowKey.of(Table.CAMPAIGN_VERSION, workspaceId)
                    .text(campaignId)
                    .int64(version.occurredAt())
                    .text(version.eventId()),
                version.row(writer));
          }
          if (row.recent().size() > recentQuartersMax) {
            quarters.add(campaignId, row.recent(), writer, rows::add);
            days.add(campaignId, row.recent(), rows::add);
            row.recent().clear();
          }
          put(CampaignRow.key(workspaceId, campaignId), row.encode(writer));
        });
  }

  private void grants(String workspaceId, WorkspaceBuffer changed) {
    if (changed.grants.isEmpty()) {
      return;
    }
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    changed.grants.forEach(
        (grantId, row) -> {
          put(RowKey.of(Table.GRANT, workspaceId).text(grantId), row.encode(writer));
          Grant grant = row.effective();
          if (grant != null && !grant.neverLive()) {
            cut(workspaceId, usage.segments(), grant.effectiveAt());
            cut(workspaceId, usage.segments(), grant.end());
          }
        });
    put(WorkspaceUsage.key(workspaceId), usage.encode(writer));
  }

  private void cut(String workspaceId, UsageSegments segments, long boundary) {
    if (boundary == Grant.NEVER || segments.isBoundary(boundary)) {
      return;
    }
    long usedBefore = Ledger.of(state, workspaceId).usedBefore(LedgerPosition.before(boundary));
    for (int i = segments.at(boundary) - 1; i >= 0; i--) {
      usedBefore -= segments.sum(i);
    }
    segments.cut(boundary, usedBefore);
  }
}
