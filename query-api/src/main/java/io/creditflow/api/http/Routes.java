package io.creditflow.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** Adds endpoints at their paths. Commands accept POST only, all others GET and HEAD only. */
public final class Routes {
  private final RoutesConfig javalin;
  private final RequestFilter filter;
  private final List<String> paths = new ArrayList<>();

  Routes(RoutesConfig javalin, RequestFilter filter) {
    this.javalin = javalin;
    this.filter = filter;
  }

  /** Adds a route whose requests need a permit and may have to wait under load. */
  public Routes get(String path, Endpoint endpoint) {
    return put(path, filter.limited(path, endpoint));
  }

  /** Adds a route that answers under any load: health, metrics. */
  public Routes always(String path, Endpoint endpoint) {
    return put(path, filter.unlimited(path, endpoint));
  }

  /** Adds a POST route that makes this instance do something; it answers under any load. */
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
