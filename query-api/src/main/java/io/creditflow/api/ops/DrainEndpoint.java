package io.creditflow.api.ops;

import io.creditflow.api.http.Endpoint;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.creditflow.api.http.Response.Rendered;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /drain} on the management port: this instance hands over its partitions and ends.
 *
 * <p>If no peer secret is configured, only requests from this machine are accepted. Requests from
 * web pages are always refused.
 */
public final class DrainEndpoint implements Endpoint {
  public static final String PATH = "/drain";

  private static final Set<String> THIS_MACHINE =
      Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]", "[0:0:0:0:0:0:0:1]");

  private final boolean hasSecret;
  private final Runnable drain;

  /**
   * @param hasSecret whether a peer secret is configured, which has then been checked already
   * @param drain starts draining and returns at once; may be called repeatedly
   */
  public DrainEndpoint(boolean hasSecret, Runnable drain) {
    this.hasSecret = hasSecret;
    this.drain = drain;
  }

  /** Responds 202 at once. The process ends when the partitions have been handed over. */
  @Override
  public Response handle(Request request) {
    request.parameters().requireValidAndKnown();
    if (request.header("Origin") != null) {
      throw Problem.forbidden("A page cannot drain an instance.").exception();
    }
    if (!hasSecret && !THIS_MACHINE.contains(request.remoteAddress())) {
      throw Problem.forbidden(
              "Without creditflow.peer.secret only a caller on this machine can drain it.")
          .exception();
    }
    drain.run();
    return new Response.Body(Rendered.of(Map.of("status", "DRAINING")), null, 202);
  }
}
