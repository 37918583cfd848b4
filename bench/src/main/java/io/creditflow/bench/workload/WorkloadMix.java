package io.creditflow.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The parameters of a generated load. Equal parameters generate the same load, byte for byte.
 *
 * @param events number of leads sourced and phones revealed, repeats included
 * @param workspaces number of workspaces; the busiest tenth has a third of the events
 * @param campaigns number of campaigns over all workspaces, with the same distribution of events
 * @param hotShare share of all events that the first workspace has in addition, 0 to 1
 * @param begin the time of the first event
 * @param end the time of the last event: about now, because of the age limit
 */
public record WorkloadMix(
    long seed,
    long events,
    int workspaces,
    int campaigns,
    double hotShare,
    Instant begin,
    Instant end) {
  /** The numbers of a typical installation. */
  public static final int WIDE_WORKSPACES = 5_000;

  public static final int WIDE_CAMPAIGNS = 50_000;

  private static final Duration SPAN = Duration.ofDays(10);

  /** The default mix: ten days up to this minute, 1,000 campaigns in 100 workspaces. */
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

  /** The same mix for a typical installation. */
  public WorkloadMix wide() {
    return withCampaigns(WIDE_WORKSPACES, WIDE_CAMPAIGNS);
  }

  public WorkloadMix withHotShare(double other) {
    return new WorkloadMix(seed, events, workspaces, campaigns, other, begin, end);
  }
}
