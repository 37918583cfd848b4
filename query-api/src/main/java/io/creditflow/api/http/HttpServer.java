package io.creditflow.api.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One listening port with its routes. */
public final class HttpServer implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration LOOK_FOR_SLOW_SENDERS = Duration.ofSeconds(3);
  private static final Pattern NO_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

  /** Most heads fit, of requests and of answers; longer ones take more or larger ones. */
  private static final int BUFFER_BYTES = 2 << 10;

  private static final Duration STOP = Duration.ofSeconds(3);

  /** While the server stops, a connection is closed that carries no request for this long. */
  private static final Duration IDLE_WHILE_STOPPING = Duration.ofMillis(100);

  private final Javalin javalin;
  private final RequestFilter filter;
  private final List<String> paths;

  /**
   * How a server listens.
   *
   * @param threadsMax threads that answer requests
   * @param connectionsMax open connections; further ones wait
   * @param headerBytesMax a request's headers together, its first line included
   * @param corsOrigins pages of these may read answers; empty for none
   */
  public record Listener(
      String name,
      String host,
      int port,
      int threadsMax,
      int connectionsMax,
      int headerBytesMax,
      Set<String> corsOrigins) {}

  private HttpServer(Javalin javalin, RequestFilter filter, List<String> paths) {
    this.javalin = javalin;
    this.filter = filter;
    this.paths = paths;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port cannot be had, naming it
   */
  public static HttpServer start(Listener listener, RequestFilter filter, Consumer<Routes> routes) {
    Set<String> paths = new TreeSet<>();
    Javalin javalin =
        Javalin.create(
            config -> {
              listen(config, listener);
              Routes table = new Routes(config.routes, filter);
              routes.accept(table);
              paths.addAll(table.paths());
              mapErrors(config, filter);
              if (!listener.corsOrigins().isEmpty()) {
                config.routes.before("/v1/*", new Cors(listener.corsOrigins())::handle);
              }
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The "
              + listener.name()
              + " port "
              + listener.host()
              + ":"
              + listener.port()
              + " cannot be listened on: "
              + e.getMessage(),
          e);
    }
    return new HttpServer(javalin, filter, List.copyOf(paths));
  }

  private static void listen(JavalinConfig config, Listener listener) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    QueuedThreadPool threads =
        new QueuedThreadPool(listener.threadsMax(), Math.min(8, listener.threadsMax()));
    threads.setName("http-" + listener.name());
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> limit(http, listener));
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(new JettyErrors());
          server.setStopTimeout(STOP.toMillis());
          server.addBean(new NetworkConnectionLimit(listener.connectionsMax(), server));
          server.addBean(new SlowRequestGuard(server, LOOK_FOR_SLOW_SENDERS));
        });
    config.jetty.modifyServletContextHandler(
        servlets -> servlets.setErrorHandler(new JettyErrors()));
    config.jetty.addConnector((server, http) -> connector(server, http, listener));
  }

  private static void limit(HttpConfiguration http, Listener listener) {
    http.setRequestHeaderSize(listener.headerBytesMax());
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setResponseHeaderSize(BUFFER_BYTES);
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    http.setIdleTimeout(IDLE.toMillis());
    http.addCustomizer((request, headers) -> withoutWebSocket(requirePath(request)));
  }

  /**
   * Refuses what Jetty lets pass: a target without a path, which it would send on to "//", that is
   * to no host at all, and escapes behind a semicolon that stand for nothing.
   */
  private static Request requirePath(Request request) {
    String path = request.getHttpURI().getPath();
    if (path == null || path.isEmpty() || NO_ESCAPE.matcher(path).find()) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "no path that can be read");
    }
    return request;
  }

  /**
   * There are no WebSockets here. Javalin takes a request with this header for the beginning of one
   * and makes a session for it, which is kept for ever, and sets its cookie.
   */
  private static Request withoutWebSocket(Request request) {
    if (!request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION)) {
      return request;
    }
    HttpFields headers =
        HttpFields.build(request.getHeaders()).remove(HttpHeader.SEC_WEBSOCKET_VERSION);
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, Listener listener) {
    ByteBufferPool buffers = new ByteBufferPool.NonPooling(); // docs/decisions/0018
    HttpConnectionFactory connections = new HttpConnectionFactory(http);
    connections.setInputBufferSize(BUFFER_BYTES);
    ServerConnector connector = new ServerConnector(server, null, null, buffers, 1, 1, connections);
    connector.setHost(listener.host());
    connector.setPort(listener.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setShutdownIdleTimeout(IDLE_WHILE_STOPPING.toMillis());
    return connector;
  }

  /** What Javalin finds out before or instead of our endpoints. */
  private static void mapErrors(JavalinConfig config, RequestFilter filter) {
    config.routes.exception(HttpResponseException.class, (e, at) -> writeProblem(e, at, filter));
    config.routes.exception(RuntimeException.class, (e, at) -> writeProblem(e, at, filter));
  }

  private static void writeProblem(RuntimeException e, Context context, RequestFilter filter) {
    SecurityHeaders.set(context.res());
    try {
      ResponseWriter.write(problemOf(e, context, filter), context.req(), context.res());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone); // the caller has hung up
    }
  }

  private static Problem problemOf(RuntimeException e, Context context, RequestFilter filter) {
    if (e instanceof MethodNotAllowedResponse refused) {
      boolean isCommand = "POST".equals(refused.getDetails().get("availableMethods"));
      return Problem.methodNotAllowed(isCommand ? "POST" : "GET, HEAD");
    }
    return e instanceof HttpResponseException known
        ? Problem.ofStatus(known.getStatus())
        : filter.problemOf(e, context.req());
  }

  /** The port that was taken, if 0 was asked for. */
  public int port() {
    return javalin.port();
  }

  /** Addresses that this server answers, with their parameters in braces. */
  public List<String> paths() {
    return paths;
  }

  /** Stops to listen and lets running requests end, for a few seconds. */
  @Override
  public void close() {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      ((ServerConnector) connector)
          .close(); // Jetty's own stop would cut requests off that take long
    }
    filter.awaitIdle(STOP);
    javalin.stop();
  }
}
