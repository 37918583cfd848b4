package io.creditflow.bench.workload;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The expected totals of a load, as sorted lines of text that can be compared with each rival's
 * totals:
 *
 * <pre>
 * received TOPIC RECORDS
 * campaign WORKSPACE CAMPAIGN LEADS PHONES
 * day WORKSPACE DAY CREDITS
 * balance WORKSPACE REMAINING OVERAGE
 * </pre>
 */
public final class WorkloadTotals {
  private final Map<String, long[]> campaigns = new TreeMap<>();
  private final Map<String, Long> days = new TreeMap<>();
  private final Map<String, Long> granted = new TreeMap<>();
  private final Map<String, Long> used = new TreeMap<>();
  private final Map<String, Long> received = new TreeMap<>();

  /** Adds a published record. Repeats are added, too. */
  public void addReceived(String topic) {
    received.merge(topic, 1L, Long::sum);
  }

  public void addGrant(String workspaceId, long credits) {
    granted.merge(workspaceId, credits, Long::sum);
  }

  /** Adds one usage event of one credit. Repeats must not be added. */
  public void addUsage(String workspaceId, String campaignId, Instant at, boolean phone) {
    addUsage(workspaceId, campaignId, phone ? 0 : 1, phone ? 1 : 0);
    addDay(workspaceId, LocalDate.ofInstant(at, ZoneOffset.UTC), 1);
  }

  /** Adds usage to a campaign's totals. */
  public void addUsage(String workspaceId, String campaignId, long leads, long phones) {
    long[] counts = campaigns.computeIfAbsent(workspaceId + " " + campaignId, c -> new long[2]);
    counts[0] += leads;
    counts[1] += phones;
    used.merge(workspaceId, leads + phones, Long::sum);
  }

  /** Adds credits to a day's total. */
  public void addDay(String workspaceId, LocalDate day, long credits) {
    days.merge(workspaceId + " " + day, credits, Long::sum);
  }

  /** The number of records of each topic, as lines. */
  public List<String> receivedLines() {
    List<String> lines = new ArrayList<>();
    received.forEach((topic, count) -> lines.add("received " + topic + " " + count));
    return lines;
  }

  /** The totals of campaigns, days and balances, as lines. */
  public List<String> totalsAsLines() {
    List<String> lines = new ArrayList<>();
    campaigns.forEach(
        (campaign, counts) ->
            lines.add("campaign " + campaign + " " + counts[0] + " " + counts[1]));
    days.forEach((day, credits) -> lines.add("day " + day + " " + credits));
    granted.forEach(
        (workspace, credits) ->
            lines.add(balanceLine(workspace, credits - used.getOrDefault(workspace, 0L))));
    return lines;
  }

  /**
   * The balance line of a workspace.
   *
   * @param net granted credits minus used credits
   */
  public static String balanceLine(String workspaceId, long net) {
    return "balance " + workspaceId + " " + Math.max(0, net) + " " + Math.max(0, -net);
  }
}
