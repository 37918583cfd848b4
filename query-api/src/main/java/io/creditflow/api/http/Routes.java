package io.creditflow.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** Where endpoints are put at their addresses. All answer GET and HEAD only, commands POST only. */
public final class Routes {
  private final RoutesConfig javalin;
  private final RequestFilter filter;
  private final List<String> paths = new ArrayList<>();

  Routes(RoutesConfig javalin, RequestFilter filter) {
    this.javalin = javalin;
    this.filter = filter;
  }

  /** An address that waits its turn when the server is busy. */
  public Routes get(String path, Endpoint endpoint) {
    return put(path, filter.limited(path, endpoint));
  }

  /** An address that answers even when the server is busy: health, metrics. */
  public Routes always(String path, Endpoint endpoint) {
    return put(path, filter.unlimited(path, endpoint));
  }

  /** An address that makes this instance do something; it answers even when the server is busy. */
  public Routes command(String path, Endpoint endpoint) {
    javalin.addHttpHandler(HandlerType.POST, path, filter.unlimited(path, endpoint));
    paths.add(path);
    return this;
  }

  private Routes put(String path, Handler handler) {
    javalin.addHttpHandler(HandlerType.GET, path, handler);
    javalin.addHttpHandler(HandlerType.HEAD, path, handler);
    paths.add(path);
    return this;
  }

  List<String> paths() {
    return List.copyOf(paths);
  }
}
