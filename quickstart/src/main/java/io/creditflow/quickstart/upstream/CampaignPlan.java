package io.creditflow.quickstart.upstream;

import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;

/**
 * The plan of a simulated campaign. Days count from today: -9 is nine days ago.
 *
 * @param status as of today
 * @param leadsPerDay leads on a full weekday
 * @param phoneShare the share of leads whose phone number is revealed, 0 to 1
 * @param firstDay the day of the campaign's start
 * @param lastDay the day on which its activity ends; null if it continues
 * @param endDay the day of its planned end; null if it has none
 * @param quotaUsed the share of its quota that the history uses, 0.9 for 90 %; null for no quota
 * @param spikeDay a day with seven times the usual activity; null for none
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

  /** The factor by which the day's activity differs from the usual activity. */
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
