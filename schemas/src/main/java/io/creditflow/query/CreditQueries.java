package io.creditflow.query;

import java.time.Instant;
import java.util.Optional;

/**
 * Every question that one partition's state can answer, over one consistent view of it. Methods
 * answer empty for a workspace (or campaign) of which nothing was ever accepted.
 */
public interface CreditQueries {
  /**
   * @param at the instant to walk the state through; null for now
   * @throws InvalidQueryException if {@code at} is after now
   */
  Optional<CreditsResponse> credits(String workspaceId, Instant at);

  /**
   * @throws InvalidQueryException if the range is too long or upside down
   */
  Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query);

  /**
   * @throws InvalidQueryException if the cursor is not one of ours
   */
  Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query);

  Optional<CampaignResponse> campaign(String workspaceId, String campaignId);

  /**
   * @throws InvalidQueryException if the range is upside down or the cursor is not one of ours
   */
  Optional<HistoryResponse> history(String workspaceId, HistoryQuery query);

  /**
   * @throws InvalidQueryException if the cursor is not one of ours
   */
  Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query);

  /** What became of an event; empty if none of that id was accepted, or it is forgotten. */
  Optional<EventResponse> event(String workspaceId, String eventId);

  /** What leads and phone numbers would do at this instant; changes nothing. */
  Optional<PreviewResponse> preview(String workspaceId, PreviewQuery query);

  /**
   * Workspaces of this partition whose id sorts after the given one, by UTF-8 bytes.
   *
   * @param after null to begin at the first
   */
  Page<WorkspaceItem> workspaces(String after, int limit);

  /** The one workspace, if anything of it was ever accepted. */
  Optional<WorkspaceItem> workspace(String workspaceId);

  /**
   * A number that changes whenever anything of the workspace changes, so that a rendered answer may
   * be kept while it stands still and {@link #validUntil} is not past; -1 if nothing is known of
   * it.
   */
  long version(String workspaceId);

  /** Until when an answer about the workspace stays as it is if no event arrives (exclusive). */
  Instant validUntil(String workspaceId);
}
