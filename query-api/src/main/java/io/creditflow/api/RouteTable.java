package io.creditflow.api;

import io.creditflow.api.auth.MeEndpoint;
import io.creditflow.api.credit.CreditEndpoints;
import io.creditflow.api.credit.WorkspaceList;
import io.creditflow.api.health.HealthEndpoints;
import io.creditflow.api.http.Routes;
import io.creditflow.api.metrics.MetricsEndpoint;
import io.creditflow.api.ops.DrainEndpoint;
import io.creditflow.api.ops.OpsEndpoints;
import io.creditflow.api.peer.PeerAuthentication;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.api.web.DashboardConfig;
import io.creditflow.api.web.DashboardFiles;
import io.creditflow.api.web.OpenApiDocument;

/** All routes of both ports. */
final class RouteTable {
  /** Adds the routes of the public port (contract section 4). */
  static void publicRoutes(
      Routes routes,
      MeEndpoint me,
      WorkspaceList workspaces,
      CreditEndpoints credits,
      OpsEndpoints ops,
      HealthEndpoints health,
      OpenApiDocument document,
      DashboardConfig page,
      DashboardFiles dashboard) {
    routes
        .get("/v1/me", me::me)
        .get("/v1/workspaces", workspaces::all)
        .get("/v1/workspaces/{w}/credits", credits::credits)
        .get("/v1/workspaces/{w}/credits/trends", credits::trends)
        .get("/v1/workspaces/{w}/credits/campaigns", credits::campaigns)
        .get("/v1/workspaces/{w}/credits/campaigns/{c}", credits::campaign)
        .get("/v1/workspaces/{w}/credits/history", credits::history)
        .get("/v1/workspaces/{w}/credits/alerts", credits::alerts)
        .get("/v1/workspaces/{w}/credits/preview", credits::preview)
        .get("/v1/workspaces/{w}/events", credits::event)
        .get("/v1/ops/lag", ops::lag)
        .get("/v1/ops/rejected", ops::rejected)
        .always("/health/live", health::live)
        .always("/health/ready", health::ready)
        .get("/openapi.json", document::json)
        .get("/docs", document::page)
        .get("/docs/style.css", document::style)
        .get("/config.json", page::reply);
    dashboard.paths().forEach(path -> routes.get(path, request -> dashboard.file(path, request)));
  }

  /** Adds the routes of the management port, for operators and for other instances. */
  static void managementRoutes(
      Routes routes,
      PeerAuthentication peers,
      WorkspaceList workspaces,
      CreditEndpoints credits,
      HealthEndpoints health,
      MetricsEndpoint metrics,
      DrainEndpoint drain) {
    String peer = PeerClient.PREFIX;
    routes
        .always("/health/live", health::live)
        .always("/health/ready", health::ready)
        .always("/metrics", metrics::metrics)
        .command(DrainEndpoint.PATH, peers.only(drain))
        .get(peer + "/v1/partitions/{p}/workspaces", peers.only(workspaces::ofPartition))
        .get(peer + "/v1/workspaces/{w}", peers.only(workspaces::one))
        .get(peer + "/v1/workspaces/{w}/credits", peers.only(credits::credits))
        .get(peer + "/v1/workspaces/{w}/credits/trends", peers.only(credits::trends))
        .get(peer + "/v1/workspaces/{w}/credits/trends.csv", peers.only(credits::trendsPart))
        .get(peer + "/v1/workspaces/{w}/credits/campaigns.csv", peers.only(credits::campaignsPart))
        .get(peer + "/v1/workspaces/{w}/credits/history.csv", peers.only(credits::historyPart))
        .get(peer + "/v1/workspaces/{w}/credits/campaigns", peers.only(credits::campaigns))
        .get(peer + "/v1/workspaces/{w}/credits/campaigns/{c}", peers.only(credits::campaign))
        .get(peer + "/v1/workspaces/{w}/credits/history", peers.only(credits::history))
        .get(peer + "/v1/workspaces/{w}/credits/alerts", peers.only(credits::alerts))
        .get(peer + "/v1/workspaces/{w}/credits/preview", peers.only(credits::preview))
        .get(peer + "/v1/workspaces/{w}/events", peers.only(credits::event));
  }

  private RouteTable() {}
}
