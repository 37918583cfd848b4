package io.creditflow.bench.serving;

import io.creditflow.testkit.ParentWatchdog;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.ContentType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server with one Javalin route that returns a prepared body of the requested size. */
public final class EmptyRoute {
  private EmptyRoute() {}

  /**
   * @param arguments the port
   */
  public static void main(String[] arguments) {
    Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.compressionStrategy = CompressionStrategy.NONE;
              config.jetty.host = "127.0.0.1";
              config.jetty.port = Integer.parseInt(arguments[0]);
              config.routes.get(
                  "/body/{bytes}",
                  call -> {
                    byte[] body =
                        bodies.computeIfAbsent(
                            call.pathParam("bytes"), bytes -> new byte[Integer.parseInt(bytes)]);
                    call.res().setContentLength(body.length);
                    call.contentType(ContentType.APPLICATION_JSON).result(body);
                  });
            })
        .start();
    ParentWatchdog.watch();
  }
}
