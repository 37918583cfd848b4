package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.campaign.CampaignVersions;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.projection.ActivePeriods;
import io.creditflow.projection.BurnRate;
import io.creditflow.projection.CampaignProjection;
import io.creditflow.projection.CampaignUsageHistory;
import io.creditflow.projection.DailyHistory;
import io.creditflow.projection.Runway;
import io.creditflow.query.CreditsResponse;
import io.creditflow.state.RowStore;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.UsageCount;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the inputs of projections and of the runway from the state, and computes both. Everything
 * is as of the last full minute, so that answers do not change within a minute.
 */
final class ForecastView {
  private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

  private final RowStore state;
  private final WorkspaceSnapshot workspace;
  private final Instant minute;
  private final WorkspaceDays days;
  private final int firstDay;
  private final CampaignUsage storedDays;
  private final Map<String, long[]> campaignDays = new HashMap<>();

  /** The versions of all campaigns; null until they are scanned. */
  private Map<String, List<ActivePeriods.StatusChange>> versions;

  ForecastView(WorkspaceSnapshot workspace) {
    this.workspace = workspace;
    state = workspace.state();
    minute = Instant.ofEpochMilli(PartitionView.lastFullMinute(workspace.now()));
    days = new WorkspaceDays(workspace.row().servedZone());
    firstDay = (int) days.of(minute.toEpochMilli()).toEpochDay() - DailyHistory.DAYS_MAX + 1;
    storedDays = CampaignUsage.days(state, workspace.id(), workspace.row().dayGeneration());
  }

  /** How long the credits of the workspace last. */
  CreditsResponse.Runway runway() {
    List<Grant> grants = new ArrayList<>();
    for (Grant grant : workspace.balance().grants()) {
      BurnDown.Account account = workspace.present().account(grant.grantId());
      if (account.live()) {
        // A grant that took effect since the last full minute is live in the rest of the answer, so
        // it is live here, too.
        grants.add(
            grant.left(account.rest(), Math.min(grant.effectiveAt(), minute.toEpochMilli())));
      } else if (!grant.neverLive() && grant.effectiveAt() > minute.toEpochMilli()) {
        grants.add(grant);
      }
    }
    return Runway.of(days, minute, grants, workspaceHistory());
  }

  /** The history of all campaigns together, active from the first day with usage on. */
  private DailyHistory workspaceHistory() {
    long[] credits = new long[DailyHistory.DAYS_MAX];
    workspace
        .quarterHours()
        .forEach(
            WorkspaceQuarterHours.quarter(startOf(firstDay)),
            WorkspaceQuarterHours.quarter(minute.toEpochMilli()) + 1,
            (quarter, used) -> credits[days.ofQuarter(quarter) - firstDay] += used);
    int firstUsed = 0;
    while (firstUsed < credits.length - 1 && credits[firstUsed] == 0) {
      firstUsed++;
    }
    ActivePeriods active = ActivePeriods.since(Instant.ofEpochMilli(startOf(firstDay + firstUsed)));
    return DailyHistory.of(days, active, minute, credits);
  }

  private long startOf(int day) {
    return days.start(LocalDate.ofEpochDay(day));
  }

  /**
   * Reads the days and the versions of all campaigns, with one scan for each of the two. Otherwise
   * {@link #project} reads those of its campaign.
   */
  void scanCampaigns() {
    storedDays.forEach(firstDay, firstDay + DailyHistory.DAYS_MAX, this::addDay);
    versions = CampaignVersions.of(state, workspace.id());
  }

  private void addDay(int day, String campaignId, UsageCount count) {
    int index = day - firstDay;
    if (index >= 0 && index < DailyHistory.DAYS_MAX) {
      campaignDays.computeIfAbsent(campaignId, id -> new long[DailyHistory.DAYS_MAX])[index] +=
          count.credits();
    }
  }

  /** Projects a campaign. Call it only once for each. */
  CampaignProjection project(String campaignId, CampaignRow row) {
    List<ActivePeriods.StatusChange> changes;
    if (versions == null) {
      storedDays.forEach(campaignId, firstDay, firstDay + DailyHistory.DAYS_MAX, this::addDay);
      changes = CampaignVersions.of(state, workspace.id(), campaignId);
    } else {
      changes = versions.getOrDefault(campaignId, List.of());
    }
    row.recent().forEach((quarter, count) -> addDay(days.ofQuarter(quarter), campaignId, count));
    CampaignVersion version = row.version();
    Instant endsAt = version == null ? null : CampaignsView.instant(version.endsAt());
    long[] credits = campaignDays.getOrDefault(campaignId, new long[DailyHistory.DAYS_MAX]);
    return CampaignProjection.of(
        new CampaignUsageHistory(
            days,
            minute,
            version != null && version.isActive(),
            row.total().credits(),
            version == null ? null : CampaignsView.instant(version.startsAt()),
            endsAt != null ? endsAt : defaultEnd(),
            version == null ? null : version.quota(),
            DailyHistory.of(days, row.activeTime(changes), minute, credits)),
        BurnRate.Settings.STANDARD);
  }

  /**
   * The end assumed for a campaign that has none: the end of the credit period, or 30 days ahead.
   */
  private Instant defaultEnd() {
    return CreditsView.period(workspace.present())
        .map(CreditsResponse.Period::end)
        .orElse(minute.plus(DEFAULT_PERIOD));
  }
}
