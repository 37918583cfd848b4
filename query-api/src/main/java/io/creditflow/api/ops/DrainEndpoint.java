package io.creditflow.api.ops;

import io.creditflow.api.http.Endpoint;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.creditflow.api.http.Response.Rendered;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /drain} on the management port: this instance hands its partitions over and ends.
 *
 * <p>Without a peer secret only the machine itself may ask, whatever else can reach the port. A
 * browser may not, whatever page asks it to.
 */
public final class DrainEndpoint implements Endpoint {
  public static final String PATH = "/drain";

  private static final Set<String> THIS_MACHINE =
      Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]", "[0:0:0:0:0:0:0:1]");

  private final boolean hasSecret;
  private final Runnable drain;

  /**
   * @param hasSecret whether callers have shown the peer secret before they come here
   * @param drain begins to drain and returns; may be called again
   */
  public DrainEndpoint(boolean hasSecret, Runnable drain) {
    this.hasSecret = hasSecret;
    this.drain = drain;
  }

  /** 202; the process ends by itself when the hand-over is done. */
  @Override
  public Response handle(Request request) {
    request.parameters().requireGood();
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
