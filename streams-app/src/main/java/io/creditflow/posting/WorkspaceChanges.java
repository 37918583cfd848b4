package io.creditflow.posting;

import io.creditflow.campaign.Picture;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.once.SeenRow;
import io.creditflow.usage.Activity;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import io.creditflow.workspace.WorkspaceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changed for one workspace since the last flush, added up in memory. */
final class WorkspaceChanges {
  /** What changed for one campaign. */
  static final class CampaignChanges {
    final Map<Integer, UsageCount> byQuarter = new HashMap<>();
    final List<Picture> pictures = new ArrayList<>();
    long firstActivityAt;
    long lastActivityAt;

    /** Of the latest usage or reversal, whether it counts or not. */
    long changedAt;

    private void count(Posting posting, int sign) {
      Activity activity =
          posting.kind() == Posting.Kind.LEAD_SOURCED
              ? Activity.LEAD_SOURCED
              : Activity.PHONE_REVEALED;
      byQuarter
          .computeIfAbsent(Tally.quarter(posting.at()), quarter -> new UsageCount())
          .add(activity, posting.source(), posting.credits(), sign);
    }

    void activityAt(long millis) {
      firstActivityAt = firstActivityAt == 0 ? millis : Math.min(firstActivityAt, millis);
      lastActivityAt = Math.max(lastActivityAt, millis);
      changedAt(millis);
    }

    void changedAt(long millis) {
      changedAt = Math.max(changedAt, millis);
    }
  }

  final List<Change> postings = new ArrayList<>();
  final List<Change> mail = new ArrayList<>();
  final Map<String, CampaignChanges> campaigns = new HashMap<>();
  final Map<String, GrantRow> grants = new HashMap<>();
  final Map<String, SeenRow> seen = new HashMap<>();
  final Map<String, ReversalRow> reversals = new HashMap<>();
  WorkspaceRow workspace;

  WorkspaceChanges(WorkspaceRow workspace) {
    this.workspace = workspace;
  }

  /** Posts usage. */
  void post(Posting posting) {
    postings.add(new Change(posting, posting.used()));
    CampaignChanges campaign = campaign(posting.campaignId());
    campaign.count(posting, 1);
    campaign.activityAt(posting.at());
  }

  /** Takes usage back: its row stays, at 0 credits. */
  void takeBack(Posting posting) {
    postings.add(new Change(posting.with(Posting.Standing.TAKEN_BACK), -posting.used()));
    campaign(posting.campaignId()).count(posting, -1);
  }

  CampaignChanges campaign(String campaignId) {
    return campaigns.computeIfAbsent(campaignId, id -> new CampaignChanges());
  }

  /** The posting of an event that arrived since the last flush, as it stands now. */
  Optional<Posting> find(String eventId) {
    return find(postings, eventId);
  }

  Optional<Posting> findMail(String eventId) {
    return find(mail, eventId);
  }

  private static Optional<Posting> find(List<Change> changes, String eventId) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Posting posting = changes.get(i).posting();
      if (!posting.isReversal() && posting.eventId().equals(eventId)) {
        return Optional.of(posting);
      }
    }
    return Optional.empty();
  }
}
