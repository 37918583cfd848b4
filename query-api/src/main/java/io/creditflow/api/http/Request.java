package io.creditflow.api.http;

import io.javalin.http.Context;
import java.util.concurrent.TimeUnit;

/** An HTTP request, as endpoints see it. */
public final class Request {
  private final Context context;
  private final long deadlineNanos;

  Request(Context context, long deadlineNanos) {
    this.context = context;
    this.deadlineNanos = deadlineNanos;
  }

  /** The decoded value of a path parameter. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /**
   * A header.
   *
   * @return null if it is absent
   */
  public String header(String name) {
    return context.req().getHeader(name);
  }

  /** The IP address of the connected client, which may be a proxy. */
  public String remoteAddress() {
    return context.req().getRemoteAddr();
  }

  /** The query string without question mark, as received; null if there is none. */
  public String rawQuery() {
    return context.req().getQueryString();
  }

  public RequestParameters parameters() {
    return RequestParameters.of(rawQuery());
  }

  /** The time until the request must be answered, in milliseconds; at least 1. */
  public long millisLeft() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }
}
