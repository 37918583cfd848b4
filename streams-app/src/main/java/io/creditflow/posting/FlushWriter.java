package io.creditflow.posting;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Picture;
import io.creditflow.grant.Grant;
import io.creditflow.grant.Segments;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerWriter;
import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Position;
import io.creditflow.ledger.Posting;
import io.creditflow.posting.WorkspaceChanges.CampaignChanges;
import io.creditflow.state.Key;
import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.State.Row;
import io.creditflow.state.Table;
import io.creditflow.state.WritableState;
import io.creditflow.usage.CampaignQuarters;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import io.creditflow.workspace.Recount;
import io.creditflow.workspace.WorkspaceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes what changed since the last flush: each changed row once, the ledger in sorted chunks.
 * Rows of usage go first; grants come after, because a new boundary cuts a segment by recounting it
 * from those rows.
 */
final class FlushWriter {
  private final WritableState state;
  private final RowWriter writer = new RowWriter();
  private final LedgerWriter ledger = new LedgerWriter();
  private final Recount recount;
  private final AlertDesk alerts;
  private final List<Row> rows = new ArrayList<>();

  FlushWriter(WritableState state, CountingRules rules, Set<String> published) {
    this.state = state;
    recount = new Recount(state, rules.recountRowsPerStep());
    alerts = new AlertDesk(state, rules.alerts(), published);
  }

  AlertDesk alerts() {
    return alerts;
  }

  /** Takes up the workspaces whose days were counted by other rules than this tz release's. */
  void followTzRelease(Changes changes) {
    if (FlushMark.isOfThisTzRelease(state)) {
      return;
    }
    try (State.Rows all = state.within(Key.of(Table.WORKSPACE).bytes())) {
      while (all.hasNext()) {
        Row row = all.next();
        String workspaceId = Key.parts(row.key()).text();
        if (recount.mustFollow(workspaceId, WorkspaceRow.decode(row.value()))) {
          changes.of(workspaceId);
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
   * @param judging whether alerts are judged too, which only a caller who can publish them may ask
   * @param now the wall clock, milliseconds since 1970
   * @param asOf the append time up to which records were delivered
   */
  void write(Changes changes, WaitingRoom waiting, boolean judging, long now, long asOf) {
    long flush = changes.nextFlush();
    rows.add(FlushMark.opened(flush, writer));
    changes.workspaces().forEach((id, changed) -> usage(id, changed, changes));
    waiting.write(rows::add);
    changes.workspaces().forEach((id, changed) -> workspace(id, changed, flush));
    finish(changes, flush);
    changes.workspaces().forEach((id, changed) -> alerts.changed(id, changed.campaigns.keySet()));
    changes.written();
    if (judging && alerts.hasWork(now, asOf)) {
      judge(changes, now, asOf);
    }
  }

  /**
   * Writes what was collected, and what is worked out from that: all in one go unless grants
   * changed or days are recounted.
   */
  private void finish(Changes changes, long flush) {
    if (changes.workspaces().values().stream().anyMatch(changed -> !changed.grants.isEmpty())) {
      spill();
      changes.workspaces().forEach(this::grants);
    }
    if (recount.isRunning()) {
      spill();
      recount.step(flush, rows::add);
    }
    rows.add(changes.mark().closed(writer));
    spill();
  }

  /** Judges what is written. What comes of it is a flush of its own: nobody must wait for it. */
  private void judge(Changes changes, long now, long asOf) {
    alerts.judge(now, asOf, changes.flushes() + 1, rows::add);
    if (!rows.isEmpty()) {
      rows.add(0, FlushMark.opened(changes.nextFlush(), writer));
      rows.add(changes.mark().closed(writer));
      spill();
    }
  }

  private void spill() {
    state.write(List.copyOf(rows));
    rows.clear();
  }

  private void put(Key key, byte[] value) {
    rows.add(new Row(key.bytes(), value));
  }

  private void usage(String workspaceId, WorkspaceChanges changed, Changes changes) {
    if (!changed.postings.isEmpty()) {
      List<Change> postings = settled(changed.postings);
      ledger.write(workspaceId, postings, changes::nextChunk, rows::add);
      segments(workspaceId, postings);
    }
    if (!changed.mail.isEmpty()) {
      ledger.writeMail(workspaceId, settled(changed.mail), changes::nextChunk, rows::add);
    }
    changed.seen.forEach(
        (id, seen) -> put(Key.of(Table.SEEN, workspaceId).text(id), seen.encode(writer)));
    changed.reversals.forEach(
        (id, row) -> put(Key.of(Table.REVERSAL, workspaceId).text(id), row.encode(writer)));
    counts(workspaceId, changed);
  }

  /** Sorted by place; where one was changed again, only how it stands in the end. */
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

  private void segments(String workspaceId, List<Change> postings) {
    Key key = Key.of(Table.SEGMENTS, workspaceId);
    Segments segments = Segments.decode(state.get(key.bytes()));
    for (Change change : postings) {
      segments.add(change.posting().at(), change.usedChange());
    }
    put(key, segments.encode(writer));
  }

  private void counts(String workspaceId, WorkspaceChanges changed) {
    Map<Integer, Long> byQuarter = new TreeMap<>();
    Recount.DayCounts days = recount.dayCounts(workspaceId, changed.workspace);
    changed.campaigns.forEach(
        (campaignId, campaign) -> {
          UsageCount total = new UsageCount();
          Map<Integer, Map<Integer, UsageCount>> byRow = new HashMap<>();
          campaign.byQuarter.forEach(
              (quarter, count) -> {
                total.add(count);
                byRow
                    .computeIfAbsent(CampaignQuarters.rowOf(quarter), row -> new HashMap<>())
                    .put(quarter, count);
                days.add(quarter, campaignId, count);
                byQuarter.merge(quarter, count.credits(), Long::sum);
              });
          byRow.forEach(
              (row, counts) ->
                  rows.add(
                      CampaignQuarters.added(
                          state,
                          workspaceId,
                          campaignId,
                          row,
                          counts,
                          writer,
                          (hour, credits) ->
                              alerts.spent(workspaceId, campaignId, hour, credits))));
          campaign(workspaceId, campaignId, campaign, total);
        });
    days.forEach(this::add);
    tally(workspaceId, byQuarter);
  }

  private void tally(String workspaceId, Map<Integer, Long> byQuarter) {
    Map<Integer, Map<Integer, Long>> byDay = new TreeMap<>();
    byQuarter.forEach(
        (quarter, credits) -> {
          if (credits != 0) {
            byDay.computeIfAbsent(Tally.day(quarter), day -> new HashMap<>()).put(quarter, credits);
          }
        });
    Tally tally = new Tally(state, workspaceId);
    byDay.forEach((day, change) -> rows.add(tally.added(day, change, writer)));
  }

  private void add(Key key, UsageCount change) {
    if (!change.isZero()) {
      byte[] bytes = key.bytes();
      UsageCount count = UsageCount.decode(state.get(bytes));
      count.add(change);
      rows.add(new Row(bytes, count.isZero() ? null : count.encode(writer.clear()).bytes()));
    }
  }

  private void campaign(
      String workspaceId, String campaignId, CampaignChanges changed, UsageCount total) {
    CampaignRow row = CampaignRow.read(state, workspaceId, campaignId);
    row.total().add(total);
    row.activity(changed.firstActivityAt, changed.lastActivityAt);
    row.changed(changed.changedAt);
    for (Picture picture : changed.pictures) {
      row.show(picture);
      put(
          Key.of(Table.PICTURE, workspaceId)
              .text(campaignId)
              .int64(picture.occurredAt())
              .text(picture.eventId()),
          picture.row(writer));
    }
    put(CampaignRow.key(workspaceId, campaignId), row.encode(writer));
  }

  private void grants(String workspaceId, WorkspaceChanges changed) {
    if (changed.grants.isEmpty()) {
      return;
    }
    Key key = Key.of(Table.SEGMENTS, workspaceId);
    Segments segments = Segments.decode(state.get(key.bytes()));
    changed.grants.forEach(
        (grantId, row) -> {
          put(Key.of(Table.GRANT, workspaceId).text(grantId), row.encode(writer));
          Grant grant = row.effective();
          if (grant != null && !grant.neverLive()) {
            cut(workspaceId, segments, grant.effectiveAt());
            cut(workspaceId, segments, grant.end());
          }
        });
    put(key, segments.encode(writer));
  }

  private void cut(String workspaceId, Segments segments, long boundary) {
    if (boundary == Grant.NEVER || segments.isBoundary(boundary)) {
      return;
    }
    long usedBefore = Ledger.of(state, workspaceId).usedBefore(Position.before(boundary));
    for (int i = segments.at(boundary) - 1; i >= 0; i--) {
      usedBefore -= segments.sum(i);
    }
    segments.cut(boundary, usedBefore);
  }

  private void workspace(String workspaceId, WorkspaceChanges changed, long flush) {
    WorkspaceRow row = changed.workspace;
    for (CampaignChanges campaign : changed.campaigns.values()) {
      row = row.used(campaign.changedAt);
    }
    row = recount.follow(workspaceId, row.version(flush), rows::add);
    put(WorkspaceRow.key(workspaceId), row.encode(writer));
  }
}
