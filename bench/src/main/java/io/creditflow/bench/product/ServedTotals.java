package io.creditflow.bench.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.testkit.ApiClient;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The totals of a load according to the product's API. */
public final class ServedTotals {
  private static final int DAYS_LATE_MAX = 4;

  private ServedTotals() {}

  /** Reads the totals, in the form of {@link WorkloadTotals}. */
  public static List<String> lines(ApiClient api, Workload workload) throws IOException {
    WorkloadMix mix = workload.mix();
    List<String> balances = new ArrayList<>();
    WorkloadTotals totals = new WorkloadTotals();
    for (int i = 0; i < mix.workspaces(); i++) {
      String id = workload.workspaceId(i);
      String workspace = "/v1/workspaces/" + id + "/credits";
      for (JsonNode campaign : api.all(workspace + "/campaigns")) {
        if (campaign.path("creditsUsed").asLong() > 0) {
          totals.addUsage(
              id,
              campaign.path("campaignId").asText(),
              campaign.path("leadsSourced").asLong(),
              campaign.path("phonesRevealed").asLong());
        }
      }
      for (JsonNode day : api.json(workspace + "/trends?" + range(mix)).at("/series/0/points")) {
        if (day.path("credits").asLong() > 0) {
          LocalDate date = LocalDate.parse(day.path("start").asText());
          totals.addDay(id, date, day.path("credits").asLong());
        }
      }
      JsonNode credits = api.json(workspace);
      balances.add(
          WorkloadTotals.balanceLine(
              id, credits.path("remaining").asLong() - credits.path("overage").asLong()));
    }
    List<String> lines = new ArrayList<>(totals.totalsAsLines());
    lines.addAll(balances);
    return lines;
  }

  private static String range(WorkloadMix mix) {
    LocalDate from = LocalDate.ofInstant(mix.begin(), ZoneOffset.UTC).minusDays(DAYS_LATE_MAX);
    return "from=" + from + "&to=" + LocalDate.ofInstant(mix.end(), ZoneOffset.UTC);
  }
}
