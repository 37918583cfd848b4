package io.creditflow.bench.serving;

import io.creditflow.bench.BarChart;
import io.creditflow.bench.BarChart.Bar;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.product.KeepAliveConnection;
import io.creditflow.bench.product.ProductProcess;
import io.creditflow.bench.serving.RequestLoad.Outcome;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ProcessUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the CPU time per request of each route and of the empty route. */
final class RequestCosts {
  /**
   * Warm-up of each route. All routes are warmed up before any measurement, because JIT compilation
   * costs more CPU time than the requests.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofSeconds(4);
  private static final int IDLE_SAMPLES = 3;

  private final List<ApiRoute> routes;
  private final String emptyUrl;
  private final ChildProcess empty;
  private final int connections;
  private final Duration time;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();

  private record Ratio(String name, double value) {}

  /** The cost of one run. */
  private record Cost(double cpuNanos, double perSecond, int bytes) {}

  RequestCosts(
      List<ApiRoute> routes, String emptyUrl, ChildProcess empty, int connections, Duration time) {
    this.routes = routes;
    this.emptyUrl = emptyUrl;
    this.empty = empty;
    this.connections = connections;
    this.time = time;
  }

  /** Measures all routes of a product whose response cache holds all answers. */
  void measureCached(ProductProcess product, int runs) throws InterruptedException {
    measure("cached", "", product, runs);
  }

  /** Measures all routes of a product that computes each answer. */
  void measureComputed(ProductProcess product, int runs) throws InterruptedException {
    measure("computed", "-computed", product, runs);
  }

  /**
   * Measures all routes of a product, each alternating with the empty route.
   *
   * @param kind for progress messages
   * @param suffix of the routes' names in the results
   */
  private void measure(String kind, String suffix, ProductProcess product, int runs)
      throws InterruptedException {
    Await.until(
        "the empty route answers",
        Duration.ofMinutes(2),
        () -> {
          empty.requireAlive();
          return emptyRouteAnswers();
        });
    List<RequestLoad> ours = new ArrayList<>();
    List<RequestLoad> theirs = new ArrayList<>();
    for (ApiRoute route : routes) {
      ReportFormat.progress("warming up %s (%s)", route.name(), kind);
      RequestLoad asked =
          new RequestLoad(
              product.api().url(), product.api().token(), route.paths(), connections, 0);
      int bytes = asked.run(WARM_UP).meanBytes();
      RequestLoad same = RequestLoad.ofEmptyRoute(emptyUrl, bytes, connections, 0);
      same.run(WARM_UP);
      ours.add(asked);
      theirs.add(same);
    }
    double idleProduct = idleCpuPerSecond(product.child());
    double idleEmpty = idleCpuPerSecond(empty);
    for (int i = 0; i < routes.size(); i++) {
      ApiRoute route = routes.get(i);
      List<Cost> mine = new ArrayList<>();
      List<Cost> others = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        ReportFormat.progress("%s (%s), run %d of %d", route.name(), kind, run + 1, runs);
        mine.add(measureCost(ours.get(i), product.child(), idleProduct));
        others.add(measureCost(theirs.get(i), empty, idleEmpty));
      }
      addResult(route.name() + suffix, mine, others);
    }
  }

  private boolean emptyRouteAnswers() {
    try (KeepAliveConnection connection = new KeepAliveConnection(emptyUrl, null)) {
      return connection.get("/body/1") == 1;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * CPU nanoseconds per second of an idle server. The minimum of several samples, because the
   * server may still be starting.
   */
  private static double idleCpuPerSecond(ChildProcess server) throws InterruptedException {
    double least = Double.MAX_VALUE;
    for (int sample = 0; sample < IDLE_SAMPLES; sample++) {
      ProcessUsage before = ProcessUsage.of(server.pid());
      Thread.sleep(IDLE.toMillis());
      double used = ProcessUsage.of(server.pid()).cpuNanos() - before.cpuNanos();
      least = Math.min(least, used / IDLE.toSeconds());
    }
    return least;
  }

  private Cost measureCost(RequestLoad load, ChildProcess server, double idleCpuPerSecond)
      throws InterruptedException {
    ProcessUsage before = ProcessUsage.of(server.pid());
    Outcome outcome = load.run(time);
    double used = ProcessUsage.of(server.pid()).cpuNanos() - before.cpuNanos();
    return new Cost(
        (used - idleCpuPerSecond * outcome.seconds()) / outcome.requests(),
        outcome.perSecond(),
        outcome.meanBytes());
  }

  private void addResult(String name, List<Cost> mine, List<Cost> others) {
    double ours = ReportFormat.median(mine.stream().mapToDouble(Cost::cpuNanos).toArray());
    double theirs = ReportFormat.median(others.stream().mapToDouble(Cost::cpuNanos).toArray());
    rows.add(
        List.of(
            name,
            String.format(Locale.ROOT, "%,d", mine.get(0).bytes()),
            format("%.1f", ours / 1e3),
            format("%.1f", theirs / 1e3),
            format("%.2f", theirs / ours),
            format(
                "%,.0f", ReportFormat.median(mine.stream().mapToDouble(Cost::perSecond).toArray())),
            format(
                "%,.0f",
                ReportFormat.median(others.stream().mapToDouble(Cost::perSecond).toArray()))));
    ReportFormat.progress(
        "%s: %.1f us a request, the empty route %.1f us", name, ours / 1e3, theirs / 1e3);
    bars.add(new Bar(name, ours / 1e3, true));
    bars.add(new Bar("empty, same size", theirs / 1e3, false));
    ratios.add(new Ratio("serving/" + name, theirs / ours));
  }

  void write(ResultsPage page) {
    page.line("");
    page.line(
        "Cost of a request; each connection sends the next request when the last is answered:");
    page.table(
        List.of(
            "",
            "bytes",
            "CPU us",
            "CPU us empty",
            "empty / ours",
            "requests/s",
            "empty requests/s"),
        rows);
    page.chart(new BarChart("Server CPU per request", "microseconds", bars));
    ratios.forEach(ratio -> page.ratio(ratio.name(), ratio.value()));
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
