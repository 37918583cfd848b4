package io.creditflow.api.credit;

import io.creditflow.api.auth.Caller;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.credit.Answerer.CsvReading;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.Parameters;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Reply;
import java.util.Optional;

/** Endpoints about one workspace: who may ask, what is asked, who answers. */
public final class CreditEndpoints {
  private static final int ID_LENGTH_MAX = 256;

  private final TokenVerifier tokens;
  private final Answerer answerer;
  private final CsvExport csv;

  /**
   * @param answerer reads here or asks another instance; on the peers' port, reads here only
   */
  public CreditEndpoints(TokenVerifier tokens, Answerer answerer, CsvExport csv) {
    this.tokens = tokens;
    this.answerer = answerer;
    this.csv = csv;
  }

  public Reply credits(Call call) {
    String workspaceId = readable(call);
    return reply(call, Questions.credits(workspaceId, call.parameters()));
  }

  public Reply trends(Call call) {
    String workspaceId = readable(call);
    Parameters parameters = call.parameters();
    return CsvExport.isAskedFor(call)
        ? csv.reply(call, Questions.wholeTrends(workspaceId, parameters))
        : reply(call, Questions.trends(workspaceId, parameters));
  }

  public Reply campaigns(Call call) {
    String workspaceId = readable(call);
    Parameters parameters = call.parameters();
    return CsvExport.isAskedFor(call)
        ? csv.reply(call, Questions.wholeCampaigns(workspaceId, parameters))
        : reply(call, Questions.campaigns(workspaceId, parameters));
  }

  public Reply campaign(Call call) {
    String workspaceId = readable(call);
    return reply(call, Questions.campaign(workspaceId, call.path("c"), call.parameters()));
  }

  public Reply history(Call call) {
    String workspaceId = readable(call);
    Parameters parameters = call.parameters();
    return CsvExport.isAskedFor(call)
        ? csv.reply(call, Questions.wholeHistory(workspaceId, parameters))
        : reply(call, Questions.history(workspaceId, parameters));
  }

  /** Between instances: all series. */
  public Reply trendsPart(Call call) {
    String workspaceId = readable(call);
    return part(call, Questions.wholeTrends(workspaceId, call.parameters()).parts().after(null));
  }

  /** Between instances: all campaigns. */
  public Reply campaignsPart(Call call) {
    String workspaceId = readable(call);
    return part(call, Questions.wholeCampaigns(workspaceId, call.parameters()).parts().after(null));
  }

  /** Between instances: a part of the history. */
  public Reply historyPart(Call call) {
    String workspaceId = readable(call);
    return part(call, Questions.historyPart(workspaceId, call.parameters()));
  }

  private Reply part(Call call, CsvQuestion<?> question) {
    CsvReading read = answerer.csv(call, question).orElseThrow(() -> unknown().exception());
    return new Reply.Body(Reply.Rendered.of(read.part()), read.asOf(), 200);
  }

  public Reply alerts(Call call) {
    String workspaceId = readable(call);
    return reply(call, Questions.alerts(workspaceId, call.parameters()));
  }

  public Reply event(Call call) {
    String workspaceId = readable(call);
    return reply(call, Questions.event(workspaceId, call.parameters()));
  }

  public Reply preview(Call call) {
    String workspaceId = readable(call);
    return reply(call, Questions.preview(workspaceId, call.parameters()));
  }

  /** The workspace asked about, once it is clear that the caller may read it. */
  private String readable(Call call) {
    Caller caller = tokens.callerOf(call.header("Authorization"));
    String workspaceId = call.path("w");
    if (!caller.may(Caller.CREDITS_READ)) {
      throw Problem.forbidden("The token lacks the permission credits:read.").exception();
    }
    if (!caller.sees(workspaceId)) {
      throw Problem.forbidden("The token does not cover this workspace.").exception();
    }
    return workspaceId;
  }

  private <T> Reply reply(Call call, Question<T> question) {
    String id = question.workspaceId();
    boolean canExist = id.codePointCount(0, id.length()) <= ID_LENGTH_MAX;
    Optional<Reply> reply = canExist ? answerer.answer(call, question) : Optional.empty();
    return reply.orElseThrow(() -> unknown().exception());
  }

  static Problem unknown() {
    return Problem.notFound("There is no such workspace, campaign or event.");
  }
}
