package io.creditflow.api.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections that send a request too slowly. Jetty's idle timeout does not apply to a
 * client that sends a byte now and then, and each such client would occupy a connection for ever.
 */
final class SlowRequestGuard extends AbstractLifeCycle {
  private static final int SLOW_CHECKS_MAX = 3;

  private final Server server;
  private final Duration checkInterval;
  private final Map<EndPoint, Progress> lastProgress = new HashMap<>();
  private ScheduledExecutorService scheduler;

  /**
   * The state of a connection at the last check.
   *
   * @param messages the number of complete requests received
   * @param bytes the number of bytes received
   * @param slowChecks consecutive checks at which bytes but no complete request had arrived
   */
  private record Progress(long messages, long bytes, int slowChecks) {}

  /**
   * @param checkInterval time between checks; a request may take three to four intervals to arrive
   */
  SlowRequestGuard(Server server, Duration checkInterval) {
    this.server = server;
    this.checkInterval = checkInterval;
  }

  @Override
  protected void doStart() {
    scheduler =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "http-slow-senders");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::check, checkInterval.toMillis(), checkInterval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    scheduler.shutdownNow();
  }

  private void check() {
    Map<EndPoint, Progress> now = new HashMap<>();
    for (Connector connector : server.getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        Connection connection = endPoint.getConnection();
        if (connection != null) {
          check(endPoint, connection, now);
        }
      }
    }
    lastProgress.clear();
    lastProgress.putAll(now);
  }

  private void check(EndPoint endPoint, Connection connection, Map<EndPoint, Progress> now) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    Progress before = lastProgress.get(endPoint);
    boolean isSlow = before != null && before.messages() == messages && bytes > before.bytes();
    int slowChecks = isSlow ? before.slowChecks() + 1 : 0;
    if (slowChecks >= SLOW_CHECKS_MAX) {
      endPoint.close();
    } else {
      now.put(endPoint, new Progress(messages, bytes, slowChecks));
    }
  }
}
