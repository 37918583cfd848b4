package io.creditflow.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a generated load is like; the same mix and seed is the same load, byte for byte.
 *
 * @param events leads sourced and phones revealed, repeats included
 * @param workspaces busy and quiet ones: the busiest tenth has a third of the events
 * @param campaigns over all workspaces, busy and quiet ones likewise
 * @param hotShare part of all events that the first workspace has on top of its share, 0 to 1
 * @param begin when the first event happened
 * @param end when the last event happened: about now, as the age limit holds
 */
public record WorkloadMix(
    long seed,
    long events,
    int workspaces,
    int campaigns,
    double hotShare,
    Instant begin,
    Instant end) {
  private static final Duration SPAN = Duration.ofDays(10);

  /** Ten days of 1,000 campaigns in 100 workspaces, up to this minute. */
  public static WorkloadMix usual(long seed, long events) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    return new WorkloadMix(seed, events, 100, 1_000, 0, end.minus(SPAN), end);
  }

  public WorkloadMix withEvents(long other) {
    return new WorkloadMix(seed, other, workspaces, campaigns, hotShare, begin, end);
  }

  public WorkloadMix withCampaigns(int otherWorkspaces, int otherCampaigns) {
    return new WorkloadMix(seed, events, otherWorkspaces, otherCampaigns, hotShare, begin, end);
  }

  public WorkloadMix withHotShare(double other) {
    return new WorkloadMix(seed, events, workspaces, campaigns, other, begin, end);
  }
}
