package io.creditflow.api.ops;

import io.creditflow.api.auth.Caller;
import io.creditflow.api.auth.TokenVerifier;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.RequestParameters;
import io.creditflow.api.http.Response;
import io.creditflow.event.Rejection;
import io.creditflow.query.Page;
import io.creditflow.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;

/**
 * {@code GET /v1/ops/lag} and {@code GET /v1/ops/rejected}, for tokens with the permission {@code
 * ops:read}. Thread-safe.
 */
public final class OpsEndpoints {
  private final TokenVerifier tokens;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile LagMonitor monitor;
  private volatile RejectedReader rejected;

  public OpsEndpoints(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  /** Sets the sources of the answers; before that, requests are answered 503. */
  public void begin(LagMonitor lag, RejectedReader rejectedEvents) {
    rejected = rejectedEvents;
    monitor = lag;
  }

  public Response lag(Request request) {
    requireOperator(request);
    request.parameters().requireValidAndKnown();
    LagReport report = monitor == null ? null : monitor.report();
    if (report == null || !monitor.isFresh()) {
      throw Problem.unavailable("The broker has not reported offsets recently.", 2).exception();
    }
    return Response.Body.of(report);
  }

  public Response rejected(Request request) {
    requireOperator(request);
    RequestParameters parameters = request.parameters();
    int limit = parameters.limit(Page.LIMIT_MAX);
    String cursor = parameters.cursor();
    RejectedFilter filter =
        new RejectedFilter(
            parameters.several("reason", Rejection.Reason.class),
            parameters.word("topic", Topics.INPUTS, null),
            parameters.text("workspaceId"),
            parameters.text("eventId"));
    parameters.requireValidAndKnown();
    Map<Integer, Long> before = cursor == null ? Map.of() : RejectedCursor.decode(cursor);
    if (rejected == null) {
      throw Problem.unavailable("Not connected to the broker yet.", 2).exception();
    }
    try {
      if (!reading.tryLock(request.millisLeft(), TimeUnit.MILLISECONDS)) {
        throw Problem.unavailable("Others are reading; try again.", 1).exception();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("Stopping.", 1).exception();
    }
    try {
      return Response.Body.of(rejected.newestBefore(before, limit, filter));
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw Problem.unavailable("The broker does not answer.", 2).exception();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("Stopping.", 1).exception();
    } finally {
      reading.unlock();
    }
  }

  private void requireOperator(Request request) {
    if (!tokens.callerOf(request.header("Authorization")).may(Caller.OPS_READ)) {
      throw Problem.forbidden("The token lacks the permission ops:read.").exception();
    }
  }
}
