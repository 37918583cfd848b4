package io.creditflow.bench.serving;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.product.SteadyPublisher;
import io.creditflow.bench.serving.RequestLoad.Outcome;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.FreePorts;
import io.creditflow.testkit.ProcessUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * CPU time of the server per request, compared with an empty route whose body has the same size.
 */
@Command(
    name = "serving",
    header =
        "CPU time of an empty route / that of the API's routes; latencies with and without ingest")
public final class ServingBenchmark extends MachineBenchmark {

  private static final int WORKSPACES = 1_000;
  private static final int CAMPAIGNS = 10_000;
  private static final int CONNECTIONS = 8;

  /** The request rate while latencies are measured. */
  private static final double REQUESTS_PER_SECOND = 200;

  private static final Duration LATENCY_TIME = Duration.ofSeconds(10);
  private static final int LATENCY_RUNS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /**
   * Warm-up of each route under ingest, before any measurement. Ingest makes the JVM compile much
   * code again, and at first every campaign's burn rate changes, so that all campaigns are checked
   * for spikes.
   */
  private static final Duration WARM_UP_INGESTING = Duration.ofSeconds(20);

  private static final Map<String, String> TINY_RESPONSE_CACHE =
      Map.of("CREDITFLOW_LIMIT_RESPONSE_CACHE", "1MiB");

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "number of events (${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "runs of each route (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3",
      description = "duration of a run in seconds (${DEFAULT-VALUE})")
  private int seconds;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    JvmCommand jvm = jvm();
    WorkloadMix mix = WorkloadMix.usual(seed(), events).withCampaigns(WORKSPACES, CAMPAIGNS);
    Duration time = Duration.ofSeconds(seconds);
    try (BenchEnvironment environment = openEnvironment()) {
      LoadedProduct loaded = LoadedProduct.of(environment, mix, 12, jvm);
      page.line(
          "- load: %,d events, %,d workspaces, %,d campaigns, counted before; workspaces in"
              + " turn over %d keep-alive connections",
          mix.events(), WORKSPACES, CAMPAIGNS, CONNECTIONS);
      page.line(
          "- CPU: of the server process while it answers, minus its use when idle; medians of %d"
              + " alternating runs of %d s; cached: answers come from the response cache of default"
              + " size; computed: the cache holds few answers (limit.response-cache 1MiB), so that"
              + " nearly every answer is computed",
          runs, time.toSeconds());
      List<ApiRoute> routes = ApiRoute.all(loaded.workload());
      int port = FreePorts.take();
      ChildProcess empty =
          environment.keep(
              jvm.startListener(
                  environment.scratch().path("empty.log"),
                  Map.of(),
                  List.of(EmptyRoute.class.getName(), Integer.toString(port))));
      String emptyUrl = "http://127.0.0.1:" + port;
      RequestCosts costs = new RequestCosts(routes, emptyUrl, empty, CONNECTIONS, time);
      costs.measureCached(loaded.product(), runs);
      measureLatencies(loaded, routes, emptyUrl, page);
      loaded.product().close();
      ProductProcess uncached =
          LoadedProduct.start(environment, "creditflow", jvm, TINY_RESPONSE_CACHE);
      uncached.awaitReady();
      costs.measureComputed(uncached, runs);
      costs.write(page);
    }
  }

  /**
   * Measures latencies at a constant request rate: of each route without ingest, then with ingest
   * at half of full speed, alternating with the empty route.
   */
  private static void measureLatencies(
      LoadedProduct loaded, List<ApiRoute> routes, String emptyUrl, ResultsPage page)
      throws IOException, InterruptedException {
    ProductProcess product = loaded.product();
    List<Outcome> calm = new ArrayList<>();
    List<RequestLoad> empty = new ArrayList<>();
    for (ApiRoute route : routes) {
      ReportFormat.progress("latency of %s", route.name());
      loadOf(product, route).run(WARM_UP);
      Outcome outcome = loadOf(product, route).run(LATENCY_TIME);
      calm.add(outcome);
      empty.add(
          RequestLoad.ofEmptyRoute(
              emptyUrl, outcome.meanBytes(), CONNECTIONS, REQUESTS_PER_SECOND));
    }
    double ingestPerSecond = loaded.eventsPerSecond() / 2;
    List<List<String>> rows = new ArrayList<>();
    try (SteadyPublisher feed =
        SteadyPublisher.start(loaded.publisher(), loaded.workload(), ingestPerSecond)) {
      for (ApiRoute route : routes) {
        ReportFormat.progress(
            "warming up %s with ingest of %,.0f events/s", route.name(), ingestPerSecond);
        loadOf(product, route).run(WARM_UP_INGESTING);
      }
      for (int i = 0; i < routes.size(); i++) {
        List<Outcome> busy = new ArrayList<>();
        List<Outcome> emptyBusy = new ArrayList<>();
        long fullGcsBefore = product.fullGcCount();
        for (int run = 0; run < LATENCY_RUNS; run++) {
          ReportFormat.progress(
              "latency of %s with ingest of %,.0f events/s, run %d of %d",
              routes.get(i).name(), ingestPerSecond, run + 1, LATENCY_RUNS);
          busy.add(loadOf(product, routes.get(i)).run(LATENCY_TIME));
          emptyBusy.add(empty.get(i).run(LATENCY_TIME));
          feed.throwIfFailed();
        }
        long fullGcs = product.fullGcCount() - fullGcsBefore;
        rows.add(
            List.of(
                routes.get(i).name(),
                millis(calm.get(i).quantileMillis(0.5)),
                millis(calm.get(i).quantileMillis(0.99)),
                millis(median(busy, 0.5)),
                millis(median(busy, 0.99)),
                millis(median(emptyBusy, 0.99)),
                String.format(Locale.ROOT, "%.1f", median(busy, 0.99) / median(emptyBusy, 0.99)),
                Long.toString(fullGcs)));
      }
    }
    page.line("");
    page.line(
        "Latency in ms at %.0f requests/s from when each was due, without ingest, and with ingest"
            + " of %,.0f events/s (half of full speed); broker, publisher and client on the"
            + " same machine; with ingest: medians of %d runs of %d s, alternating with the empty"
            + " route; full GCs: full garbage collections of the server during these runs:",
        REQUESTS_PER_SECOND, ingestPerSecond, LATENCY_RUNS, LATENCY_TIME.toSeconds());
    page.table(
        List.of(
            "",
            "p50",
            "p99",
            "p50 ingesting",
            "p99 ingesting",
            "p99 empty, ingesting",
            "p99 / p99 empty",
            "full GCs"),
        rows);
    ProcessUsage usage = product.resourceUsage();
    page.line("Resident memory at the end: %,d MiB.", usage.residentBytes() >> 20);
  }

  private static RequestLoad loadOf(ProductProcess product, ApiRoute route) {
    return new RequestLoad(
        product.api().url(),
        product.api().token(),
        route.paths(),
        CONNECTIONS,
        REQUESTS_PER_SECOND);
  }

  private static double median(List<Outcome> runs, double quantile) {
    return ReportFormat.median(
        runs.stream().mapToDouble(run -> run.quantileMillis(quantile)).toArray());
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f", millis);
  }
}
