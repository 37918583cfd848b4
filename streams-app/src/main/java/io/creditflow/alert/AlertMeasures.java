package io.creditflow.alert;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.campaign.Campaigns;
import io.creditflow.events.AlertKind;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.state.RowStore;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The measures of one workspace at one instant, computed from stored rows. */
public final class AlertMeasures {
  private final String workspaceId;
  private final WorkspaceRow workspace;
  private final WorkspaceUsage usage;
  private final Campaigns campaigns;
  private final BurnDown burnDown;
  private final long at;

  /**
   * @param workspace the workspace's row
   * @param usage the workspace's usage row
   * @param at milliseconds since 1970
   */
  public AlertMeasures(
      RowStore state, String workspaceId, WorkspaceRow workspace, WorkspaceUsage usage, long at) {
    this.at = at;
    this.workspaceId = workspaceId;
    this.workspace = workspace;
    this.usage = usage;
    campaigns = new Campaigns(state, workspaceId, usage);
    burnDown = new Balance(state, workspaceId, usage).present(at);
  }

  public Campaigns campaigns() {
    return campaigns;
  }

  /** The quota usage of a campaign, which need not have a quota. */
  public QuotaUsage quota(String campaignId) {
    CampaignRow row = campaigns.get(campaignId);
    CampaignVersion version = row.version();
    long changedAt = Math.max(row.changedAt(), version == null ? 0 : version.occurredAt());
    return new QuotaUsage(
        subject(AlertKind.QUOTA, campaignId),
        version == null ? null : version.name(),
        row.total().credits(),
        version == null ? null : version.quota(),
        Instant.ofEpochMilli(changedAt));
  }

  public RemainingBalance balance() {
    // The end of a depleted grant counts, too: it reduces the allocation, and so changes the ratio.
    long changedAt = Math.max(usage.usedAt(), burnDown.lastBoundary());
    return new RemainingBalance(
        subject(AlertKind.LOW_BALANCE, ""),
        burnDown.remaining(),
        burnDown.allocated(),
        burnDown.overage(),
        Instant.ofEpochMilli(changedAt));
  }

  /**
   * The live grants that have remaining credits and will expire, unless a void ends them before.
   */
  public List<ExpiringGrant> expiries() {
    List<ExpiringGrant> expiring = new ArrayList<>();
    for (BurnDown.Account account : burnDown.live()) {
      Grant grant = account.grant();
      if (account.rest() > 0 && grant.expiresAt() != Grant.NEVER && !grant.endsByVoid()) {
        expiring.add(
            new ExpiringGrant(
                subject(AlertKind.EXPIRY, grant.grantId()),
                account.rest(),
                Instant.ofEpochMilli(grant.effectiveAt()),
                Instant.ofEpochMilli(grant.expiresAt()),
                Instant.ofEpochMilli(at),
                workspace.zone()));
      }
    }
    return expiring;
  }

  private AlertSubject subject(AlertKind kind, String id) {
    return new AlertSubject(workspaceId, kind, id);
  }

  /** When a grant next begins or ends; {@link Long#MAX_VALUE} if none does. */
  public long nextBoundary() {
    return burnDown.nextBoundary();
  }
}
