package io.creditflow.api.http;

import io.javalin.http.Context;
import java.util.concurrent.TimeUnit;

/** One request, as far as endpoints need to know it. */
public final class Request {
  private final Context context;
  private final long deadlineNanos;

  Request(Context context, long deadlineNanos) {
    this.context = context;
    this.deadlineNanos = deadlineNanos;
  }

  /** A decoded part of the path. */
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

  /** The address of whoever is connected, which may be a proxy. */
  public String remoteAddress() {
    return context.req().getRemoteAddr();
  }

  /** What stands after the question mark, as sent; null if nothing does. */
  public String rawQuery() {
    return context.req().getQueryString();
  }

  public RequestParameters parameters() {
    return RequestParameters.of(rawQuery());
  }

  /** How much longer the request may take; at least a millisecond. */
  public long millisLeft() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }
}
