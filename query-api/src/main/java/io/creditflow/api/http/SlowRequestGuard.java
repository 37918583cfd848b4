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
 * Hangs up on connections that take forever to send a request. Jetty's idle timeout does not see
 * those that send a byte now and then, and each of them would hold a place for good.
 */
final class SlowRequestGuard extends AbstractLifeCycle {
  private static final int LOOKS_MAX = 3;

  private final Server server;
  private final Duration lookEvery;
  private final Map<EndPoint, Seen> seen = new HashMap<>();
  private ScheduledExecutorService clock;

  /**
   * @param messages requests that had arrived whole at the first of the looks
   * @param bytes that had arrived at the last look
   * @param looks in a row at which bytes had come but no whole request
   */
  private record Seen(long messages, long bytes, int looks) {}

  /**
   * @param lookEvery a request head has three to four times as long to arrive
   */
  SlowRequestGuard(Server server, Duration lookEvery) {
    this.server = server;
    this.lookEvery = lookEvery;
  }

  @Override
  protected void doStart() {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "http-slow-senders");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleWithFixedDelay(
            this::look, lookEvery.toMillis(), lookEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    clock.shutdownNow();
  }

  private void look() {
    Map<EndPoint, Seen> now = new HashMap<>();
    for (Connector connector : server.getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        Connection connection = endPoint.getConnection();
        if (connection != null) {
          note(endPoint, connection, now);
        }
      }
    }
    seen.clear();
    seen.putAll(now);
  }

  private void note(EndPoint endPoint, Connection connection, Map<EndPoint, Seen> now) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    Seen before = seen.get(endPoint);
    boolean isDripping = before != null && before.messages() == messages && bytes > before.bytes();
    int looks = isDripping ? before.looks() + 1 : 0;
    if (looks >= LOOKS_MAX) {
      endPoint.close();
    } else {
      now.put(endPoint, new Seen(messages, bytes, looks));
    }
  }
}
