package io.creditflow.quickstart.upstream;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.WorkspaceChanged;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Generates the events of a workspace other than its usage: its own version, the versions of its
 * campaigns as their status changes, and its grants with renewals. Ids are readable, so that a
 * grant is easy to find.
 */
final class WorkspaceRecords {
  /** The day on which workspaces are created, long before the first usage. */
  private static final int FOUNDED_DAY = -130;

  private static final LocalTime OFFICE_HOURS = LocalTime.of(9, 30);

  private final WorkspacePlan workspace;
  private final LocalDate today;
  private final Map<String, Long> creditsByCampaign;

  /**
   * @param creditsByCampaign the credits that each campaign spends in the history
   */
  WorkspaceRecords(WorkspacePlan workspace, LocalDate today, Map<String, Long> creditsByCampaign) {
    this.workspace = workspace;
    this.today = today;
    this.creditsByCampaign = Map.copyOf(creditsByCampaign);
  }

  /** All these events that are sent before the instant, unordered. */
  List<ScheduledEvent> until(Instant end) {
    List<ScheduledEvent> found = new ArrayList<>();
    Instant founded = midnight(FOUNDED_DAY);
    found.add(
        ScheduledEvent.of(
            new WorkspaceChanged(
                "workspace-1", workspace.id(), workspace.name(), workspace.timeZone(), founded),
            founded));
    workspace.campaigns().forEach(campaign -> addVersions(campaign, found));
    for (GrantPlan grant : workspace.grants()) {
      addGrant(grant, 0, found);
      for (int round = 1; grant.renews() && renewedAt(grant, round).isBefore(end); round++) {
        addGrant(grant, round, found);
      }
    }
    found.removeIf(publication -> !publication.sentAt().isBefore(end));
    return found;
  }

  private void addVersions(CampaignPlan campaign, List<ScheduledEvent> found) {
    boolean draft = campaign.status() == CampaignStatus.DRAFT;
    int describedDay = Math.min(campaign.firstDay(), -2);
    CampaignStatus first = draft ? CampaignStatus.DRAFT : CampaignStatus.ACTIVE;
    addVersion(campaign, 1, first, midnight(describedDay), found);
    if (campaign.lastDay() != null) {
      addVersion(campaign, 2, campaign.status(), midnight(campaign.lastDay()), found);
    } else if (campaign.endDay() != null && !draft) {
      addVersion(campaign, 2, CampaignStatus.COMPLETED, midnight(campaign.endDay()), found);
    }
  }

  private void addVersion(
      CampaignPlan campaign,
      int number,
      CampaignStatus status,
      Instant at,
      List<ScheduledEvent> found) {
    Double used = campaign.quotaUsed();
    CampaignChanged version =
        new CampaignChanged(
            "campaign-" + campaign.id() + "-" + number,
            workspace.id(),
            campaign.id(),
            campaign.name(),
            campaign.source(),
            status,
            used == null ? null : round(creditsByCampaign.get(campaign.id()) / used, 10),
            midnight(campaign.firstDay()),
            campaign.endDay() == null ? null : midnight(campaign.endDay()),
            at);
    found.add(ScheduledEvent.of(version, at));
  }

  private void addGrant(GrantPlan grant, int round, List<ScheduledEvent> found) {
    String grantId = round == 0 ? grant.id() : grant.id() + "-renewal-" + round;
    Instant effectiveAt = round == 0 ? midnight(grant.fromDay()) : renewedAt(grant, round);
    Instant boughtAt = grant.boughtDay() == null ? effectiveAt : officeHours(grant.boughtDay());
    Instant expiresAt =
        grant.untilDay() == null ? null : midnight(grant.untilDay() + days(grant) * round);
    CreditGrant granted =
        new CreditGrant(
            "grant-" + grantId,
            workspace.id(),
            grantId,
            GrantAction.GRANTED,
            amount(grant),
            effectiveAt,
            expiresAt,
            grant.priority(),
            grant.reason(),
            boughtAt);
    found.add(ScheduledEvent.of(granted, boughtAt));
    if (grant.voidDay() != null && round == 0) {
      addVoid(granted, officeHours(grant.voidDay()), found);
    }
  }

  private static void addVoid(CreditGrant granted, Instant at, List<ScheduledEvent> found) {
    CreditGrant voided =
        new CreditGrant(
            "void-" + granted.getGrantId(),
            granted.getWorkspaceId(),
            granted.getGrantId(),
            GrantAction.VOIDED,
            granted.getAmount(),
            granted.getEffectiveAt(),
            granted.getExpiresAt(),
            granted.getPriority(),
            granted.getReason(),
            at);
    found.add(ScheduledEvent.of(voided, at));
  }

  private long amount(GrantPlan grant) {
    long spent = creditsByCampaign.values().stream().mapToLong(Long::longValue).sum();
    return round(spent * grant.share(), 50);
  }

  /**
   * Rounds to a multiple of {@code step}, as a buyer would; at least one step, so that no amount is
   * 0.
   */
  private static long round(double value, long step) {
    return Math.max(step, Math.round(value / step) * step);
  }

  private static int days(GrantPlan grant) {
    return grant.untilDay() - grant.fromDay();
  }

  private Instant renewedAt(GrantPlan grant, int round) {
    return midnight(grant.fromDay() + days(grant) * round);
  }

  private Instant midnight(int day) {
    return today.plusDays(day).atStartOfDay(workspace.zone()).toInstant();
  }

  private Instant officeHours(int day) {
    return today.plusDays(day).atTime(OFFICE_HOURS).atZone(workspace.zone()).toInstant();
  }
}
