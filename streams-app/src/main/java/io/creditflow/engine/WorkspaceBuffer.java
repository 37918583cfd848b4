package io.creditflow.engine;

import io.creditflow.campaign.CampaignVersion;
import io.creditflow.dedup.ProcessedIdRow;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.grant.GrantRow;
import io.creditflow.ledger.LedgerWriter.PostingChange;
import io.creditflow.ledger.Posting;
import io.creditflow.ledger.ReversalRow;
import io.creditflow.usage.Activity;
import io.creditflow.usage.CampaignDelta;
import io.creditflow.usage.WorkspaceQuarterHours;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The changes of one workspace since the last flush, in memory. Not thread-safe. */
final class WorkspaceBuffer {
  final List<PostingChange> postings = new ArrayList<>();
  final List<PostingChange> emails = new ArrayList<>();
  final Map<String, CampaignDelta> campaigns = new HashMap<>();
  final Map<String, List<CampaignVersion>> versions = new HashMap<>();
  final Map<String, GrantRow> grants = new HashMap<>();
  final Map<String, ProcessedIdRow> processedIds = new HashMap<>();
  final Map<String, ReversalRow> reversals = new HashMap<>();

  /** Changes of the workspace's name and time zone. */
  final List<WorkspaceChanged> descriptions = new ArrayList<>();

  /** Whether the workspace's days may have to be recounted even if no event arrives. */
  boolean mayNeedRecount;

  /** Adds the posting of a usage event. */
  void post(Posting posting) {
    postings.add(new PostingChange(posting, posting.used()));
    CampaignDelta campaign = campaign(posting.campaignId());
    count(campaign, posting, 1);
    campaign.noteUsageAt(posting.at());
  }

  /** Reverses usage. Its posting stays in the ledger with status REVERSED. */
  void reverse(Posting posting) {
    postings.add(new PostingChange(posting.with(Posting.Status.REVERSED), -posting.used()));
    count(campaign(posting.campaignId()), posting, -1);
  }

  private static void count(CampaignDelta campaign, Posting posting, int sign) {
    Activity activity =
        posting.kind() == Posting.Kind.LEAD_SOURCED
            ? Activity.LEAD_SOURCED
            : Activity.PHONE_REVEALED;
    campaign
        .byQuarter()
        .at(WorkspaceQuarterHours.quarter(posting.at()))
        .add(activity, posting.source(), posting.credits(), sign);
  }

  void apply(String campaignId, CampaignVersion version) {
    campaign(campaignId);
    versions.computeIfAbsent(campaignId, id -> new ArrayList<>()).add(version);
  }

  CampaignDelta campaign(String campaignId) {
    return campaigns.computeIfAbsent(campaignId, id -> new CampaignDelta());
  }

  /** The current posting of a usage event; empty if it has not changed since the last flush. */
  Optional<Posting> find(String eventId) {
    return find(postings, eventId);
  }

  Optional<Posting> findEmail(String eventId) {
    return find(emails, eventId);
  }

  private static Optional<Posting> find(List<PostingChange> changes, String eventId) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Posting posting = changes.get(i).posting();
      if (!posting.isReversal() && posting.eventId().equals(eventId)) {
        return Optional.of(posting);
      }
    }
    return Optional.empty();
  }
}
