package io.creditflow.view;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Picture;
import io.creditflow.campaign.Pictures;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.projection.ActiveTime;
import io.creditflow.projection.CampaignPast;
import io.creditflow.projection.Pace;
import io.creditflow.projection.PastDays;
import io.creditflow.projection.Projection;
import io.creditflow.projection.Runway;
import io.creditflow.state.State;
import io.creditflow.usage.CampaignUsage;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import io.creditflow.workspace.Days;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks ahead from the books: gathers what projection and runway need to know. Everything is as of
 * the last full minute, so that answers stand still in between.
 */
final class Outlook {
  private static final Duration WITHOUT_END = Duration.ofDays(30);

  private final State state;
  private final String workspaceId;
  private final WorkspaceRow workspace;
  private final Instant minute;
  private final Days days;
  private final int firstDay;
  private final Map<String, long[]> campaignDays = new HashMap<>();
  private final Map<String, List<ActiveTime.Picture>> pictures = new HashMap<>();

  Outlook(State state, String workspaceId, WorkspaceRow workspace, long now) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.workspace = workspace;
    minute = Instant.ofEpochMilli(Math.floorDiv(now, 60_000) * 60_000);
    days = new Days(workspace.servedZone());
    firstDay = (int) days.of(minute.toEpochMilli()).toEpochDay() - PastDays.DAYS_MAX + 1;
  }

  /**
   * @param walk the balance as it is now
   */
  CreditsAnswer.Runway runway(BurnDown walk, List<Grant> grants) {
    List<Grant> ahead = new ArrayList<>();
    for (Grant grant : grants) {
      BurnDown.Account account = walk.account(grant.grantId());
      if (account.live()) {
        // Live is what the rest of the answer calls live, though the minute began before.
        ahead.add(grant.left(account.rest(), Math.min(grant.effectiveAt(), minute.toEpochMilli())));
      } else if (!grant.neverLive() && grant.effectiveAt() > minute.toEpochMilli()) {
        ahead.add(grant);
      }
    }
    return Runway.of(days, minute, ahead, workspacePast());
  }

  /** All campaigns together, from the first day with usage on. */
  private PastDays workspacePast() {
    long[] credits = new long[PastDays.DAYS_MAX];
    new Tally(state, workspaceId)
        .forEach(
            Tally.quarter(startOf(firstDay)),
            Tally.quarter(minute.toEpochMilli()) + 1,
            (quarter, used) -> credits[days.ofQuarter(quarter) - firstDay] += used);
    int begun = 0;
    while (begun < credits.length - 1 && credits[begun] == 0) {
      begun++;
    }
    ActiveTime active = ActiveTime.since(Instant.ofEpochMilli(startOf(firstDay + begun)));
    return PastDays.of(days, active, minute, credits);
  }

  private long startOf(int day) {
    return days.start(LocalDate.ofEpochDay(day));
  }

  /** Reads the days and pictures of all campaigns, in one walk each. */
  void readCampaigns(Map<String, CampaignRow> campaigns) {
    CampaignUsage.days(state, workspaceId, workspace.dayGeneration())
        .forEach(firstDay, firstDay + PastDays.DAYS_MAX, this::addDay);
    campaigns.forEach(this::addRecent);
    pictures.putAll(Pictures.of(state, workspaceId));
  }

  /** Reads the days and pictures of one campaign. */
  void readCampaign(String campaignId, CampaignRow campaign) {
    CampaignUsage.days(state, workspaceId, workspace.dayGeneration())
        .forEach(campaignId, firstDay, firstDay + PastDays.DAYS_MAX, this::addDay);
    addRecent(campaignId, campaign);
    pictures.put(campaignId, Pictures.of(state, workspaceId, campaignId));
  }

  private void addRecent(String campaignId, CampaignRow campaign) {
    campaign
        .recent()
        .forEach((quarter, count) -> addDay(days.ofQuarter(quarter), campaignId, count));
  }

  private void addDay(int day, String campaignId, UsageCount count) {
    int place = day - firstDay;
    if (place >= 0 && place < PastDays.DAYS_MAX) {
      campaignDays.computeIfAbsent(campaignId, id -> new long[PastDays.DAYS_MAX])[place] +=
          count.credits();
    }
  }

  /**
   * Projects one of the campaigns that were read.
   *
   * @param periodEnd end of the workspace's credit period; null without one
   */
  Projection project(String campaignId, CampaignRow row, Instant periodEnd) {
    Picture picture = row.picture();
    Instant endsAt = picture == null ? null : instant(picture.endsAt());
    Instant end =
        endsAt != null ? endsAt : periodEnd != null ? periodEnd : minute.plus(WITHOUT_END);
    ActiveTime active = row.activeTime(pictures.getOrDefault(campaignId, List.of()));
    long[] credits = campaignDays.getOrDefault(campaignId, new long[PastDays.DAYS_MAX]);
    return Projection.of(
        new CampaignPast(
            days,
            minute,
            picture != null && picture.isActive(),
            row.total().credits(),
            picture == null ? null : instant(picture.startsAt()),
            end,
            picture == null ? null : picture.quota(),
            PastDays.of(days, active, minute, credits)),
        Pace.Settings.STANDARD);
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
