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

/** An HTTP server on one port, with its routes. */
public final class HttpServer implements AutoCloseable {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SLOW_SENDER_CHECK_INTERVAL = Duration.ofSeconds(3);
  private static final Pattern INVALID_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

  /**
   * The size of I/O buffers. Most request and response heads fit; longer ones need more buffers.
   */
  private static final int BUFFER_BYTES = 2 << 10;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  /** The idle timeout of connections while the server stops. */
  private static final Duration IDLE_WHILE_STOPPING = Duration.ofMillis(100);

  private final Javalin javalin;
  private final RequestFilter filter;
  private final List<String> paths;

  /**
   * The port of a server and its limits.
   *
   * @param name the name of the port in messages and thread names
   * @param threadsMax the maximum number of threads
   * @param connectionsMax the maximum number of open connections; further ones wait
   * @param headerBytesMax the maximum size of a request's first line and headers together
   * @param corsOrigins origins whose pages may read responses; empty for none
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
   * Starts a server.
   *
   * @param routes adds the routes
   * @throws IllegalStateException if it cannot listen on the port; the message names the port
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
          server.setStopTimeout(STOP_TIMEOUT.toMillis());
          server.addBean(new NetworkConnectionLimit(listener.connectionsMax(), server));
          server.addBean(new SlowRequestGuard(server, SLOW_SENDER_CHECK_INTERVAL));
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
    http.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    http.addCustomizer((request, headers) -> withoutWebSocket(requirePath(request)));
  }

  /**
   * Refuses requests that Jetty accepts but that are malformed: a target without a path, which
   * Jetty would redirect to "//", and invalid percent-escapes after a semicolon in the path.
   */
  private static Request requirePath(Request request) {
    String path = request.getHttpURI().getPath();
    if (path == null || path.isEmpty() || INVALID_ESCAPE.matcher(path).find()) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "no path that can be read");
    }
    return request;
  }

  /**
   * Removes the header that makes Javalin treat a request as a WebSocket handshake. Javalin would
   * create a session that never expires and set its cookie.
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
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setShutdownIdleTimeout(IDLE_WHILE_STOPPING.toMillis());
    return connector;
  }

  /** Maps errors that Javalin finds outside of an endpoint, such as an unknown path. */
  private static void mapErrors(JavalinConfig config, RequestFilter filter) {
    config.routes.exception(HttpResponseException.class, (e, at) -> writeProblem(e, at, filter));
    config.routes.exception(RuntimeException.class, (e, at) -> writeProblem(e, at, filter));
  }

  private static void writeProblem(RuntimeException e, Context context, RequestFilter filter) {
    SecurityHeaders.set(context.res());
    try {
      ResponseWriter.write(problemOf(e, context, filter), context.req(), context.res());
    } catch (IOException disconnected) {
      throw new UncheckedIOException(disconnected); // the client has closed the connection
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

  /** The port that the server listens on; also if port 0 was configured. */
  public int port() {
    return javalin.port();
  }

  /** The paths of all routes, with path parameters in braces. */
  public List<String> paths() {
    return paths;
  }

  /** Closes the port and waits a few seconds for running requests. */
  @Override
  public void close() {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      // Jetty's stop would abort long requests, so close the connectors first.
      ((ServerConnector) connector).close();
    }
    filter.awaitIdle(STOP_TIMEOUT);
    javalin.stop();
  }
}
