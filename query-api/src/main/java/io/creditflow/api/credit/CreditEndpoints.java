package io.creditflow.api.credit;

import io.creditflow.api.auth.Caller;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.credit.QueryExecutor.CsvReading;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.RequestParameters;
import io.creditflow.api.http.Response;
import java.util.Optional;

/** The endpoints of one workspace: check the token, parse the query and execute it. */
public final class CreditEndpoints {
  private static final int ID_LENGTH_MAX = 256;

  private final TokenVerifier tokens;
  private final QueryExecutor executor;
  private final CsvExport csv;

  /**
   * @param executor answers queries; on the management port, from local state only
   */
  public CreditEndpoints(TokenVerifier tokens, QueryExecutor executor, CsvExport csv) {
    this.tokens = tokens;
    this.executor = executor;
    this.csv = csv;
  }

  public Response credits(Request request) {
    String workspaceId = readable(request);
    return reply(request, QueryParser.credits(workspaceId, request.parameters()));
  }

  public Response trends(Request request) {
    String workspaceId = readable(request);
    RequestParameters parameters = request.parameters();
    return CsvExport.isAskedFor(request)
        ? csv.reply(request, QueryParser.wholeTrends(workspaceId, parameters))
        : reply(request, QueryParser.trends(workspaceId, parameters));
  }

  public Response campaigns(Request request) {
    String workspaceId = readable(request);
    RequestParameters parameters = request.parameters();
    return CsvExport.isAskedFor(request)
        ? csv.reply(request, QueryParser.wholeCampaigns(workspaceId, parameters))
        : reply(request, QueryParser.campaigns(workspaceId, parameters));
  }

  public Response campaign(Request request) {
    String workspaceId = readable(request);
    return reply(
        request, QueryParser.campaign(workspaceId, request.path("c"), request.parameters()));
  }

  public Response history(Request request) {
    String workspaceId = readable(request);
    RequestParameters parameters = request.parameters();
    return CsvExport.isAskedFor(request)
        ? csv.reply(request, QueryParser.wholeHistory(workspaceId, parameters))
        : reply(request, QueryParser.history(workspaceId, parameters));
  }

  /** For other instances: all series of the trends, as the single part of a CSV export. */
  public Response trendsPart(Request request) {
    String workspaceId = readable(request);
    return part(
        request, QueryParser.wholeTrends(workspaceId, request.parameters()).parts().after(null));
  }

  /** For other instances: all campaigns, as the single part of a CSV export. */
  public Response campaignsPart(Request request) {
    String workspaceId = readable(request);
    return part(
        request, QueryParser.wholeCampaigns(workspaceId, request.parameters()).parts().after(null));
  }

  /** For other instances: one part of a CSV export of the history. */
  public Response historyPart(Request request) {
    String workspaceId = readable(request);
    return part(request, QueryParser.historyPart(workspaceId, request.parameters()));
  }

  private Response part(Request request, CsvQuery<?> query) {
    CsvReading read = executor.csv(request, query).orElseThrow(() -> unknown().exception());
    return new Response.Body(Response.Rendered.of(read.part()), read.asOf(), 200);
  }

  public Response alerts(Request request) {
    String workspaceId = readable(request);
    return reply(request, QueryParser.alerts(workspaceId, request.parameters()));
  }

  public Response event(Request request) {
    String workspaceId = readable(request);
    return reply(request, QueryParser.event(workspaceId, request.parameters()));
  }

  public Response preview(Request request) {
    String workspaceId = readable(request);
    return reply(request, QueryParser.preview(workspaceId, request.parameters()));
  }

  /**
   * The workspace id of the path.
   *
   * @throws io.creditflow.api.http.ProblemException 403 if the caller may not read the workspace
   */
  private String readable(Request request) {
    Caller caller = tokens.callerOf(request.header("Authorization"));
    String workspaceId = request.path("w");
    if (!caller.may(Caller.CREDITS_READ)) {
      throw Problem.forbidden("The token lacks the permission credits:read.").exception();
    }
    if (!caller.sees(workspaceId)) {
      throw Problem.forbidden("The token does not cover this workspace.").exception();
    }
    return workspaceId;
  }

  private <T> Response reply(Request request, WorkspaceQuery<T> query) {
    String id = query.workspaceId();
    boolean canExist = id.codePointCount(0, id.length()) <= ID_LENGTH_MAX;
    Optional<Response> reply = canExist ? executor.execute(request, query) : Optional.empty();
    return reply.orElseThrow(() -> unknown().exception());
  }

  static Problem unknown() {
    return Problem.notFound("There is no such workspace, campaign or event.");
  }
}
