package io.creditflow.api;

import io.creditflow.api.auth.MeEndpoint;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import io.creditflow.api.credit.CreditEndpoints;
import io.creditflow.api.credit.CsvExport;
import io.creditflow.api.credit.LocalQueryExecutor;
import io.creditflow.api.credit.LocalResponses;
import io.creditflow.api.credit.RoutingQueryExecutor;
import io.creditflow.api.credit.WorkspaceList;
import io.creditflow.api.health.HealthEndpoints;
import io.creditflow.api.health.Readiness;
import io.creditflow.api.http.HttpServer;
import io.creditflow.api.http.HttpServer.Listener;
import io.creditflow.api.http.RequestFilter;
import io.creditflow.api.metrics.MetricsEndpoint;
import io.creditflow.api.ops.DrainEndpoint;
import io.creditflow.api.ops.OpsEndpoints;
import io.creditflow.api.peer.PartitionLocator;
import io.creditflow.api.peer.PeerAuthentication;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.api.peer.Placement;
import io.creditflow.api.web.DashboardConfig;
import io.creditflow.api.web.DashboardFiles;
import io.creditflow.api.web.OpenApiDocument;
import io.creditflow.local.LocalState;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The public and the management server, with the endpoints that connect them to the state. */
final class HttpServers implements AutoCloseable {
  private static final int SPARE_THREADS =
      16; // for Jetty itself, and for health checks when all permits are taken

  private final HttpServer publicServer;
  private final HttpServer managementServer;
  private final LocalResponses local;
  private final OpsEndpoints ops;

  /**
   * What the servers need from the instance.
   *
   * @param drain starts to hand over the partitions and then to end this instance; returns at once
   */
  record Dependencies(
      LocalState localState,
      Placement placement,
      Readiness readiness,
      PrometheusMeterRegistry meters,
      Runnable drain) {}

  private HttpServers(
      HttpServer publicServer,
      HttpServer managementServer,
      LocalResponses local,
      OpsEndpoints ops) {
    this.publicServer = publicServer;
    this.managementServer = managementServer;
    this.local = local;
    this.ops = ops;
  }

  static HttpServers start(Configuration configuration, Dependencies dependencies, Clock clock) {
    TokenVerifier tokens = TokenVerifier.of(configuration, clock);
    PeerClient peers =
        new PeerClient(
            configuration.get(Settings.PEER_SECRET), configuration.get(Settings.PEER_TIMEOUT));
    Duration staleness = configuration.get(Settings.STALENESS_BOUND);
    PartitionLocator locator =
        new PartitionLocator(dependencies.placement(), peers, staleness, clock);
    LocalResponses local =
        new LocalResponses(
            dependencies.localState(), configuration.get(Settings.RESPONSE_CACHE), clock);
    WorkspaceList workspaces = new WorkspaceList(tokens, locator, dependencies.localState(), peers);
    HealthEndpoints health = new HealthEndpoints(dependencies.readiness());
    MeEndpoint me = new MeEndpoint(tokens);
    OpsEndpoints ops = new OpsEndpoints(tokens);
    DashboardConfig page = DashboardConfig.of(configuration);
    OpenApiDocument document = OpenApiDocument.read();
    DashboardFiles dashboard = DashboardFiles.read();
    MetricsEndpoint metrics = new MetricsEndpoint(dependencies.meters());
    int exports = configuration.get(Settings.CONCURRENT_EXPORTS);

    RoutingQueryExecutor routing = new RoutingQueryExecutor(locator, local, peers);
    CreditEndpoints credits = new CreditEndpoints(tokens, routing, new CsvExport(routing, exports));
    HttpServer publicServer =
        HttpServer.start(
            listener(configuration, true),
            filter(configuration, dependencies),
            routes ->
                RouteTable.publicRoutes(
                    routes, me, workspaces, credits, ops, health, document, page, dashboard));

    LocalQueryExecutor localOnly = new LocalQueryExecutor(locator, local);
    CreditEndpoints localCredits =
        new CreditEndpoints(tokens, localOnly, new CsvExport(localOnly, exports));
    PeerAuthentication peerAuthentication =
        new PeerAuthentication(configuration.get(Settings.PEER_SECRET));
    DrainEndpoint drain =
        new DrainEndpoint(
            configuration.get(Settings.PEER_SECRET).isPresent(), dependencies.drain());
    HttpServer managementServer =
        HttpServer.start(
            listener(configuration, false),
            filter(configuration, dependencies),
            routes ->
                RouteTable.managementRoutes(
                    routes, peerAuthentication, workspaces, localCredits, health, metrics, drain));
    return new HttpServers(publicServer, managementServer, local, ops);
  }

  private static Listener listener(Configuration configuration, boolean isPublic) {
    int threads =
        configuration.get(Settings.CONCURRENT_REQUESTS) * (1 + RequestFilter.WAITING_PER_PERMIT)
            + configuration.get(Settings.CONCURRENT_EXPORTS)
            + SPARE_THREADS;
    return new Listener(
        isPublic ? "public" : "management",
        configuration.get(isPublic ? Settings.HTTP_HOST : Settings.MANAGEMENT_HOST),
        configuration.get(isPublic ? Settings.HTTP_PORT : Settings.MANAGEMENT_PORT),
        threads,
        configuration.get(Settings.CONNECTIONS),
        configuration.get(Settings.HEADER_BYTES).intValue(),
        isPublic ? Set.copyOf(configuration.get(Settings.CORS_ORIGINS)) : Set.of());
  }

  private static RequestFilter filter(Configuration configuration, Dependencies dependencies) {
    return new RequestFilter(
        configuration.get(Settings.CONCURRENT_REQUESTS),
        configuration.get(Settings.URL_LENGTH),
        configuration.get(Settings.REQUEST_TIMEOUT),
        dependencies.meters(),
        new ProblemMapper());
  }

  int port() {
    return publicServer.port();
  }

  int managementPort() {
    return managementServer.port();
  }

  /** The paths of the public port, with path parameters in braces. */
  List<String> publicPaths() {
    return publicServer.paths();
  }

  OpsEndpoints ops() {
    return ops;
  }

  /** To be called when partitions have moved: discards cached responses. */
  void partitionsMoved() {
    local.forgetRendered();
  }

  /** Closes both ports; waits a few seconds for running requests. */
  @Override
  public void close() {
    CompletableFuture<Void> management = CompletableFuture.runAsync(managementServer::close);
    publicServer.close();
    management.join();
  }
}
