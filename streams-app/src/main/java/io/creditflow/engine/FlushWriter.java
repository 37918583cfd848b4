package io.creditflow.engine;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.grant.Grant;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerPosition;
import io.creditflow.ledger.LedgerWriter;
import io.creditflow.ledger.LedgerWriter.PostingChange;
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
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.DayRecount;
import io.creditflow.workspace.WorkspaceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the changes since the last flush: each changed row once, the ledger in sorted chunks.
 * Ledger and usage rows are written before grants: a new grant boundary splits a segment, and the
 * sums of its two parts are computed from the ledger rows. Not thread-safe.
 */
final class FlushWriter {
  private final WritableRowStore state;
  private final RowWriter writer = new RowWriter();
  private final LedgerWriter ledger = new LedgerWriter();
  private final DayRecount recount;
  private final int recentQuartersMax;
  private final AlertEvaluator alerts;
  private final List<Row> rows = new ArrayList<>();

  FlushWriter(WritableRowStore state, EngineConfig config, Set<String> published) {
    this.state = state;
    recount = new DayRecount(state, config.recountRowsPerStep());
    recentQuartersMax = config.recentQuartersMax();
    alerts = new AlertEvaluator(state, config.alerts(), published);
  }

  AlertEvaluator alerts() {
    return alerts;
  }

  /**
   * Marks the workspaces whose days were computed with the rules of an older release of the tz
   * database, so that the next flush starts a recount.
   */
  void markOutdatedDays(WriteBuffer buffer) {
    if (FlushCheckpoint.isOfThisTzRelease(state)) {
      return;
    }
    try (RowStore.RowIterator all = state.within(RowKey.of(Table.WORKSPACE).bytes())) {
      while (all.hasNext()) {
        Row row = all.next();
        String workspaceId = RowKey.parts(row.key()).text();
        if (recount.isNeeded(workspaceId, WorkspaceRow.decode(row.value()))) {
          buffer.of(workspaceId).mayNeedRecount = true;
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
   * @param evaluatesAlerts whether to evaluate alerts; only for callers that publish them
   * @param now the wall clock, milliseconds since 1970
   * @param asOf the append time before which every record was delivered
   */
  void write(
      WriteBuffer buffer, PendingReversals pending, boolean evaluatesAlerts, long now, long asOf) {
    long flush = buffer.nextFlush();
    rows.add(FlushCheckpoint.firstRow(flush, writer));
    buffer.workspaces().forEach((id, changed) -> collectWorkspace(id, changed, buffer));
    pending.write(rows::add);
    finish(buffer, flush);
    buffer
        .workspaces()
        .forEach(
            (id, changed) ->
                alerts.changed(id, changed.campaigns.keySet(), evaluatesAlerts ? now : 0, asOf));
    buffer.clear();
    if (evaluatesAlerts && alerts.hasWork(now, asOf)) {
      evaluate(buffer, now, asOf);
    }
  }

  /**
   * If grants have changed or days are recounted, writes the rows collected so far first, because
   * the rows that follow are computed from them. Otherwise all rows are one batch.
   */
  private void finish(WriteBuffer buffer, long flush) {
    if (buffer.workspaces().values().stream().anyMatch(changed -> !changed.grants.isEmpty())) {
      writeBatch();
      buffer.workspaces().forEach(this::collectGrants);
    }
    if (recount.isRunning()) {
      writeBatch();
      recount.step(flush, rows::add);
    }
    rows.add(buffer.checkpoint().lastRow(writer));
    writeBatch();
  }

  /**
   * Evaluates alerts on the written rows. The resulting rows are a second flush in the same
   * transaction.
   */
  private void evaluate(WriteBuffer buffer, long now, long asOf) {
    alerts.evaluate(now, asOf, buffer.lastFlush() + 1, rows::add);
    if (!rows.isEmpty()) {
      rows.add(0, FlushCheckpoint.firstRow(buffer.nextFlush(), writer));
      rows.add(buffer.checkpoint().lastRow(writer));
      writeBatch();
    }
  }

  private void writeBatch() {
    state.write(List.copyOf(rows));
    rows.clear();
  }

  private void put(RowKey key, byte[] value) {
    rows.add(new Row(key.bytes(), value));
  }

  private void collectWorkspace(String workspaceId, WorkspaceBuffer changed, WriteBuffer buffer) {
    List<PostingChange> postings = merged(changed.postings);
    ledger.write(workspaceId, postings, buffer::nextChunk, rows::add);
    ledger.writeEmails(workspaceId, merged(changed.emails), buffer::nextChunk, rows::add);
    changed.processedIds.forEach(
        (id, seen) ->
            put(RowKey.of(Table.PROCESSED_ID, workspaceId).text(id), seen.encode(writer)));
    changed.reversals.forEach(
        (id, row) -> put(RowKey.of(Table.REVERSAL, workspaceId).text(id), row.encode(writer)));
    collectUsage(workspaceId, changed, postings, buffer.lastFlush());
  }

  /**
   * Sorts changes by posting, and merges changes of the same posting: keeps the last posting, and
   * adds up the changes of its usage.
   */
  private static List<PostingChange> merged(List<PostingChange> changes) {
    changes.sort(Comparator.comparing(PostingChange::posting, Posting.ORDER));
    List<PostingChange> result = new ArrayList<>(changes.size());
    for (PostingChange change : changes) {
      int last = result.size() - 1;
      if (last >= 0 && Posting.ORDER.compare(result.get(last).posting(), change.posting()) == 0) {
        long usedChange = result.get(last).usedChange() + change.usedChange();
        result.set(last, new PostingChange(change.posting(), usedChange));
      } else {
        result.add(change);
      }
    }
    return result;
  }

  private void collectUsage(
      String workspaceId, WorkspaceBuffer changed, List<PostingChange> postings, long flush) {
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    collectDescription(workspaceId, changed, usage.isNew());
    usage.changed(flush);
    for (PostingChange change : postings) {
      usage.add(change.posting().at(), change.usedChange());
    }
    usage.add(changed.campaigns);
    if (usage.deltaSize() > recentQuartersMax || !changed.versions.isEmpty()) {
      collectCampaigns(workspaceId, changed, usage.deltas());
      usage.deltas().clear();
    }
    usage.spill(recentQuartersMax, state, workspaceId, writer, rows::add);
    put(WorkspaceUsage.key(workspaceId), usage.encode(writer));
  }

  private void collectDescription(String workspaceId, WorkspaceBuffer changed, boolean isNew) {
    if (isNew || changed.mayNeedRecount || !changed.descriptions.isEmpty()) {
      WorkspaceRow stored = WorkspaceRow.read(state, workspaceId);
      WorkspaceRow row = stored;
      for (WorkspaceChanged description : changed.descriptions) {
        row = row.apply(description);
      }
      if (isNew || !row.equals(stored)) {
        put(WorkspaceRow.key(workspaceId), row.encode(writer));
      }
      recount.beginIfNeeded(workspaceId, row, rows::add);
    }
  }

  /** Moves the deltas of campaigns from the workspace's row to the campaigns' own rows. */
  private void collectCampaigns(
      String workspaceId, WorkspaceBuffer changed, Map<String, CampaignDelta> deltas) {
    CampaignUsage quarters = CampaignUsage.quarters(state, workspaceId);
    DayRecount.DayWriter days = recount.dayWriter(workspaceId);
    deltas.forEach(
        (campaignId, delta) -> {
          CampaignRow row = CampaignRow.read(state, workspaceId, campaignId).add(delta);
          for (CampaignVersion version : changed.versions.getOrDefault(campaignId, List.of())) {
            row.apply(version);
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

  private void collectGrants(String workspaceId, WorkspaceBuffer changed) {
    if (changed.grants.isEmpty()) {
      return;
    }
    WorkspaceUsage usage = WorkspaceUsage.read(state, workspaceId);
    changed.grants.forEach(
        (grantId, row) -> {
          put(RowKey.of(Table.GRANT, workspaceId).text(grantId), row.encode(writer));
          Grant grant = row.effective();
          if (grant != null && !grant.neverLive()) {
            split(workspaceId, usage, grant.effectiveAt());
            split(workspaceId, usage, grant.end());
          }
        });
    put(WorkspaceUsage.key(workspaceId), usage.encode(writer));
  }

  private void split(String workspaceId, WorkspaceUsage usage, long boundary) {
    UsageSegments segments = usage.segments();
    if (boundary == Grant.NEVER || segments.isBoundary(boundary)) {
      return;
    }
    long usedInSegment =
        Ledger.of(state, workspaceId).usedBefore(LedgerPosition.before(boundary), usage);
    for (int i = segments.at(boundary) - 1; i >= 0; i--) {
      usedInSegment -= segments.sum(i); // the remainder is this segment's usage before the boundary
    }
    segments.cut(boundary, usedInSegment);
  }
}
