package io.creditflow.view;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.Picture;
import io.creditflow.campaign.Pictures;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.Grant;
import io.creditflow.projection.ActiveTime;
import io.creditflow.projection.CampaignPast;
import io.creditflow.projection.DailyCredits;
import io.creditflow.projection.DayRhythm;
import io.creditflow.projection.GrantAhead;
import io.creditflow.projection.Projection;
import io.creditflow.projection.Runway;
import io.creditflow.projection.WorkspacePast;
import io.creditflow.state.Key;
import io.creditflow.state.RowReader;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.usage.Tally;
import io.creditflow.usage.UsageCount;
import io.creditflow.workspace.Days;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks ahead from the books: gathers what projection and runway need to know. Everything is as of
 * the last full minute, so that answers stand still in between.
 */
final class Outlook {
  private static final Duration WITHOUT_END = Duration.ofDays(30);
  private static final int QUARTERS_PER_HOUR = 4;

  private final State state;
  private final String workspaceId;
  private final WorkspaceRow workspace;
  private final Instant minute;
  private final Days days;
  private final LocalDate today;
  private final LocalDate firstDay;
  private final long[] byDay = new long[Projection.DAYS_MAX];
  private final DayRhythm rhythm;
  private final Map<String, long[]> campaignDays = new HashMap<>();
  private final Map<String, List<ActiveTime.Picture>> pictures = new HashMap<>();

  Outlook(State state, String workspaceId, WorkspaceRow workspace, long now) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.workspace = workspace;
    minute = Instant.ofEpochMilli(Math.floorDiv(now, 60_000) * 60_000);
    days = new Days(workspace.servedZone());
    today = days.of(minute.toEpochMilli());
    firstDay = today.minusDays(Projection.DAYS_MAX - 1L);
    rhythm = readTallies();
  }

  /** Sums the workspace's quarter-hours by day, and learns the hours of its day from them. */
  private DayRhythm readTallies() {
    int first = Tally.quarter(days.start(firstDay));
    int end = Tally.quarter(minute.toEpochMilli());
    long[] hours = new long[(end - first) / QUARTERS_PER_HOUR];
    new Tally(state, workspaceId)
        .forEach(
            first,
            end + 1,
            (quarter, credits) -> {
              byDay[(int) (days.ofQuarter(quarter) - firstDay.toEpochDay())] += credits;
              int hour = (quarter - first) / QUARTERS_PER_HOUR;
              if (hour < hours.length) {
                hours[hour] += credits;
              }
            });
    int firstUsedHour = 0;
    while (firstUsedHour < hours.length && hours[firstUsedHour] == 0) {
      firstUsedHour++;
    }
    // Whole days from the first with usage on; before it there is no rhythm to learn.
    long[] used = Arrays.copyOfRange(hours, firstUsedHour / 24 * 24, hours.length);
    return DayRhythm.ofHours(used, 0);
  }

  CreditsAnswer.Runway runway(BurnDown walk, List<Grant> grants) {
    List<GrantAhead> ahead = new ArrayList<>();
    for (Grant grant : grants) {
      BurnDown.Account account = walk.account(grant.grantId());
      boolean scheduled =
          !grant.neverLive() && grant.effectiveAt() > minute.toEpochMilli() && !account.live();
      if (account.live() || scheduled) {
        ahead.add(
            new GrantAhead(
                account.rest(),
                // Live is what the rest of the answer calls live, though the minute began before.
                account.live() ? minute : Instant.ofEpochMilli(grant.effectiveAt()),
                grant.end() == Grant.NEVER ? null : Instant.ofEpochMilli(grant.end())));
      }
    }
    return Runway.of(
        new WorkspacePast(days.zone(), minute, ahead, DailyCredits.from(firstDay, byDay), rhythm));
  }

  /** Reads the days and pictures of all campaigns, in one walk each. */
  void readCampaigns() {
    int first = (int) firstDay.toEpochDay();
    try (State.Rows rows =
        state.ascend(dayKey(first).bytes(), dayKey((int) today.toEpochDay() + 1).bytes())) {
      while (rows.hasNext()) {
        State.Row row = rows.next();
        Key.Parts key = Key.parts(row.key());
        key.text();
        key.int32();
        int day = key.int32();
        campaignDays
                .computeIfAbsent(key.text(), id -> new long[Projection.DAYS_MAX])[day - first] +=
            UsageCount.decode(new RowReader(row.value())).credits();
      }
    }
    pictures.putAll(Pictures.of(state, workspaceId));
  }

  /** Reads the days and pictures of one campaign. */
  void readCampaign(String campaignId) {
    long[] credits = new long[Projection.DAYS_MAX];
    for (int i = 0; i < credits.length; i++) {
      byte[] key = dayKey((int) firstDay.toEpochDay() + i).text(campaignId).bytes();
      credits[i] = UsageCount.decode(state.get(key)).credits();
    }
    campaignDays.put(campaignId, credits);
    pictures.put(campaignId, Pictures.of(state, workspaceId, campaignId));
  }

  private Key dayKey(int day) {
    return Key.of(Table.DAY, workspaceId).int32(workspace.dayGeneration()).int32(day);
  }

  /**
   * Projects one of the campaigns that were read.
   *
   * @param periodEnd end of the workspace's credit period; null without one
   */
  Projection project(String campaignId, CampaignRow row, Instant periodEnd) {
    Picture picture = row.picture();
    Instant startsAt = picture == null ? null : instant(picture.startsAt());
    Instant endsAt = picture == null ? null : instant(picture.endsAt());
    Instant end =
        endsAt != null ? endsAt : periodEnd != null ? periodEnd : minute.plus(WITHOUT_END);
    Instant firstUsageAt = row.firstActivityAt() == 0 ? null : instant(row.firstActivityAt());
    return Projection.of(
        new CampaignPast(
            days.zone(),
            minute,
            picture != null && picture.isActive(),
            row.total().credits(),
            startsAt,
            end,
            picture == null ? null : picture.quota(),
            DailyCredits.from(
                firstDay, campaignDays.getOrDefault(campaignId, new long[Projection.DAYS_MAX])),
            rhythm,
            ActiveTime.of(pictures.getOrDefault(campaignId, List.of()), startsAt, firstUsageAt)));
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
