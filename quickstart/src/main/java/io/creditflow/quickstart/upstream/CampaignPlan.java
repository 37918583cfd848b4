package io.creditflow.quickstart.upstream;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;

/**
 * What a campaign does in the story. Days count from today: -9 is nine days ago.
 *
 * @param status as of today
 * @param leadsPerDay on a full weekday
 * @param phoneShare how many of its leads have their phone number revealed, 0 to 1
 * @param firstDay when it starts
 * @param lastDay when its activity ends; null if it goes on
 * @param endDay its announced end; null if it has none
 * @param quotaUsed the share of its quota that the story uses up, 0.9 for 90 %; null for no quota
 * @param spikeDay on which it does several days' work; null for none
 */
record CampaignPlan(
    String id,
    String name,
    LeadSource source,
    CampaignStatus status,
    double leadsPerDay,
    double phoneShare,
    int firstDay,
    Integer lastDay,
    Integer endDay,
    Double quotaUsed,
    Integer spikeDay) {

  private static final double SPIKE = 7;

  /** How its work on the day compares with its usual work. */
  double intensity(long day) {
    if (day < firstDay || isPast(lastDay, day) || isPast(endDay, day)) {
      return 0;
    }
    return spikeDay != null && day == spikeDay ? SPIKE : 1;
  }

  private static boolean isPast(Integer end, long day) {
    return end != null && day >= end;
  }
}
