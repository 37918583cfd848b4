package io.creditflow.api;

import io.creditflow.api.auth.MeEndpoint;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import io.creditflow.api.credit.AnyInstance;
import io.creditflow.api.credit.CreditEndpoints;
import io.creditflow.api.credit.CsvExport;
import io.creditflow.api.credit.LocalAnswers;
import io.creditflow.api.credit.ThisInstance;
import io.creditflow.api.credit.WorkspaceList;
import io.creditflow.api.health.HealthEndpoints;
import io.creditflow.api.health.Readiness;
import io.creditflow.api.http.Gate;
import io.creditflow.api.http.HttpServer;
import io.creditflow.api.http.HttpServer.Listener;
import io.creditflow.api.metrics.MetricsEndpoint;
import io.creditflow.api.ops.DrainEndpoint;
import io.creditflow.api.ops.OpsEndpoints;
import io.creditflow.api.page.ApiDocument;
import io.creditflow.api.page.DashboardFiles;
import io.creditflow.api.page.PageSettings;
import io.creditflow.api.peer.Locator;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.api.peer.PeerGuard;
import io.creditflow.api.peer.Placement;
import io.creditflow.books.LocalBooks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The two ports and everything between them and the books. */
final class HttpSide implements AutoCloseable {
  private static final int SPARE_THREADS = 16; // Jetty's own, and health while all places are taken

  private final HttpServer open;
  private final HttpServer closed;
  private final LocalAnswers local;
  private final OpsEndpoints ops;

  /**
   * What the HTTP side stands on.
   *
   * @param drain begins to hand over and to end this instance; returns at once
   */
  record Ground(
      LocalBooks books,
      Placement placement,
      Readiness readiness,
      PrometheusMeterRegistry meters,
      Runnable drain) {}

  private HttpSide(HttpServer open, HttpServer closed, LocalAnswers local, OpsEndpoints ops) {
    this.open = open;
    this.closed = closed;
    this.local = local;
    this.ops = ops;
  }

  static HttpSide start(Configuration configuration, Ground ground, Clock clock) {
    TokenVerifier tokens = TokenVerifier.of(configuration, clock);
    PeerClient peers =
        new PeerClient(
            configuration.get(Settings.PEER_SECRET), configuration.get(Settings.PEER_TIMEOUT));
    Duration staleness = configuration.get(Settings.STALENESS_BOUND);
    Locator locator = new Locator(ground.placement(), peers, staleness, clock);
    LocalAnswers local =
        new LocalAnswers(ground.books(), configuration.get(Settings.ANSWER_CACHE), clock);
    WorkspaceList workspaces = new WorkspaceList(tokens, locator, ground.books(), peers);
    HealthEndpoints health = new HealthEndpoints(ground.readiness());
    MeEndpoint me = new MeEndpoint(tokens);
    OpsEndpoints ops = new OpsEndpoints(tokens);
    PageSettings page = PageSettings.of(configuration);
    ApiDocument document = ApiDocument.read();
    DashboardFiles dashboard = DashboardFiles.read();
    MetricsEndpoint metrics = new MetricsEndpoint(ground.meters());
    int exports = configuration.get(Settings.CONCURRENT_EXPORTS);

    AnyInstance anywhere = new AnyInstance(locator, local, peers);
    CreditEndpoints credits =
        new CreditEndpoints(tokens, anywhere, new CsvExport(anywhere, exports));
    HttpServer open =
        HttpServer.start(
            listener(configuration, true),
            gate(configuration, ground),
            routes ->
                RouteTable.open(
                    routes, me, workspaces, credits, ops, health, document, page, dashboard));

    ThisInstance here = new ThisInstance(locator, local);
    CreditEndpoints creditsHere = new CreditEndpoints(tokens, here, new CsvExport(here, exports));
    PeerGuard guard = new PeerGuard(configuration.get(Settings.PEER_SECRET));
    DrainEndpoint drain =
        new DrainEndpoint(configuration.get(Settings.PEER_SECRET).isPresent(), ground.drain());
    HttpServer closed =
        HttpServer.start(
            listener(configuration, false),
            gate(configuration, ground),
            routes ->
                RouteTable.closed(routes, guard, workspaces, creditsHere, health, metrics, drain));
    return new HttpSide(open, closed, local, ops);
  }

  private static Listener listener(Configuration configuration, boolean isOpen) {
    int threads =
        configuration.get(Settings.CONCURRENT_REQUESTS) * (1 + Gate.WAITING_PER_PLACE)
            + configuration.get(Settings.CONCURRENT_EXPORTS)
            + SPARE_THREADS;
    return new Listener(
        isOpen ? "public" : "management",
        configuration.get(isOpen ? Settings.HTTP_HOST : Settings.MANAGEMENT_HOST),
        configuration.get(isOpen ? Settings.HTTP_PORT : Settings.MANAGEMENT_PORT),
        threads,
        configuration.get(Settings.CONNECTIONS),
        configuration.get(Settings.HEADER_BYTES).intValue(),
        isOpen ? Set.copyOf(configuration.get(Settings.CORS_ORIGINS)) : Set.of());
  }

  private static Gate gate(Configuration configuration, Ground ground) {
    return new Gate(
        configuration.get(Settings.CONCURRENT_REQUESTS),
        configuration.get(Settings.URL_LENGTH),
        configuration.get(Settings.REQUEST_TIMEOUT),
        ground.meters(),
        new ErrorsAsProblems());
  }

  int port() {
    return open.port();
  }

  int managementPort() {
    return closed.port();
  }

  /** Addresses of the public port, with their parameters in braces. */
  List<String> openPaths() {
    return open.paths();
  }

  OpsEndpoints ops() {
    return ops;
  }

  /** To be called when partitions have moved. */
  void partitionsMoved() {
    local.forgetRendered();
  }

  /** Stops to listen on both ports; running requests get a few seconds. */
  @Override
  public void close() {
    CompletableFuture<Void> management = CompletableFuture.runAsync(closed::close);
    open.close();
    management.join();
  }
}
