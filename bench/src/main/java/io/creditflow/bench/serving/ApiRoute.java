package io.creditflow.bench.serving;

import io.creditflow.bench.workload.Workload;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A route of the API, with one path per workspace. */
record ApiRoute(String name, List<String> paths) {

  static List<ApiRoute> all(Workload workload) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String month = "?from=" + today.minusDays(29) + "&to=" + today + "&groupBy=campaign";
    return List.of(
        of("credits", workload, workspace -> workspace + "/credits"),
        of("trends", workload, workspace -> workspace + "/credits/trends" + month),
        of("campaigns", workload, workspace -> workspace + "/credits/campaigns"),
        of("history", workload, workspace -> workspace + "/credits/history"));
  }

  private static ApiRoute of(String name, Workload workload, Function<String, String> path) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < workload.mix().workspaces(); i++) {
      paths.add(path.apply("/v1/workspaces/" + workload.workspaceId(i)));
    }
    return new ApiRoute(name, paths);
  }
}
