package io.creditflow.query;

import java.time.Instant;
import java.util.Optional;

/**
 * All queries on the state of one partition, over one consistent view of it. Methods return empty
 * for a workspace or campaign without any accepted event.
 */
public interface CreditQueries {
  /**
   * @param at the instant whose balance is returned; null for now
   * @throws InvalidQueryException if {@code at} is after now
   */
  Optional<CreditsResponse> credits(String workspaceId, Instant at);

  /**
   * @throws InvalidQueryException if the range is too long or ends before it begins
   */
  Optional<TrendsResponse> trends(String workspaceId, TrendsQuery query);

  /**
   * @throws InvalidQueryException if the cursor is not one of ours
   */
  Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query);

  Optional<CampaignResponse> campaign(String workspaceId, String campaignId);

  /**
   * @throws InvalidQueryException if the range ends before it begins or the cursor is invalid
   */
  Optional<HistoryResponse> history(String workspaceId, HistoryQuery query);

  /**
   * @throws InvalidQueryException if the cursor is not one of ours
   */
  Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query);

  /**
   * The outcome of an event; empty if no event with that id was accepted, or its retention has
   * ended.
   */
  Optional<EventResponse> event(String workspaceId, String eventId);

  /** The effect that leads and phone numbers would have now; changes nothing. */
  Optional<PreviewResponse> preview(String workspaceId, PreviewQuery query);

  /**
   * Workspaces of this partition whose id is greater than {@code after}, in the order of UTF-8
   * bytes.
   *
   * @param after a workspace id; null to begin at the first workspace
   */
  Page<WorkspaceItem> workspaces(String after, int limit);

  /** One workspace; empty if none of its events was ever accepted. */
  Optional<WorkspaceItem> workspace(String workspaceId);

  /**
   * A number that changes with every change of the workspace. A cached response is valid while the
   * number is unchanged and {@link #validUntil} has not passed. -1 for an unknown workspace.
   */
  long version(String workspaceId);

  /** Until when (exclusive) responses about the workspace stay the same if no event arrives. */
  Instant validUntil(String workspaceId);
}
