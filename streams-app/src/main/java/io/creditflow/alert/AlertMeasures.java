package io.creditflow.alert;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.campaign.Campaigns;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.state.RowStore;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What stands against the thresholds of one workspace at one instant, by what is stored. */
public final class AlertMeasures {
  private final WorkspaceRow workspace;
  private final WorkspaceUsage usage;
  private final Campaigns campaigns;
  private final Balance balance;
  private final BurnDown walk;
  private final long at;

  /**
   * @param at milliseconds since 1970
   */
  public AlertMeasures(RowStore state, String workspaceId, long at) {
    this.at = at;
    workspace = WorkspaceRow.read(state, workspaceId);
    usage = WorkspaceUsage.read(state, workspaceId);
    campaigns = new Campaigns(state, workspaceId, usage);
    balance = new Balance(state, workspaceId, usage);
    walk = balance.present(at);
  }

  public Campaigns campaigns() {
    return campaigns;
  }

  /** Of a campaign, whether it has a quota or not. */
  public QuotaUsage quota(String campaignId) {
    CampaignRow row = campaigns.get(campaignId);
    CampaignVersion version = row.version();
    long changedAt = Math.max(row.changedAt(), version == null ? 0 : version.occurredAt());
    return new QuotaUsage(
        campaignId,
        version == null ? null : version.name(),
        row.total().credits(),
        version == null ? null : version.quota(),
        Instant.ofEpochMilli(changedAt));
  }

  public RemainingBalance balance() {
    // A depleted grant's end counts too: it moves the allocation that the rest is a part of.
    long changedAt = Math.max(usage.usedAt(), balance.lastBoundary(at));
    return new RemainingBalance(
        walk.remaining(), walk.allocated(), walk.overage(), Instant.ofEpochMilli(changedAt));
  }

  /** Of every live grant that has a rest and will expire, not to be voided before. */
  public List<ExpiringGrant> expiries() {
    List<ExpiringGrant> rests = new ArrayList<>();
    for (BurnDown.Account account : walk.live()) {
      Grant grant = account.grant();
      if (account.rest() > 0 && grant.expiresAt() != Grant.NEVER && !grant.endsByVoid()) {
        rests.add(
            new ExpiringGrant(
                grant.grantId(),
                account.rest(),
                Instant.ofEpochMilli(grant.effectiveAt()),
                Instant.ofEpochMilli(grant.expiresAt()),
                Instant.ofEpochMilli(at),
                workspace.zone()));
      }
    }
    return rests;
  }

  /** When a grant next begins or ends; {@link Long#MAX_VALUE} if none does. */
  public long nextBoundary() {
    return balance.nextBoundary(at);
  }
}
