package io.creditflow.api.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps every endpoint: applies limits, sets security headers, measures time and maps exceptions to
 * problems. Thread-safe.
 */
public final class RequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
  private static final long BODY_BYTES_MAX = 8 << 10;

  /** How long a request waits for a permit at most. */
  private static final long WAIT_MILLIS = 1_000;

  /** How many requests may wait, per permit. */
  public static final int WAITING_PER_PERMIT = 2;

  private static final long POLL_MILLIS = 5;

  private final Semaphore permits;
  private final Semaphore waiting;
  private final AtomicInteger running = new AtomicInteger();
  private final long urlLengthMax;
  private final long timeoutNanos;
  private final MeterRegistry meters;
  private final ErrorMapping errors;

  /** Maps exceptions of the domain to problems. */
  public interface ErrorMapping {
    /** The problem for an exception; null if the exception is unknown. */
    Problem problemOf(RuntimeException exception);
  }

  public RequestFilter(
      int concurrentMax,
      long urlLengthMax,
      Duration timeout,
      MeterRegistry meters,
      ErrorMapping errors) {
    this.permits = new Semaphore(concurrentMax);
    this.waiting = new Semaphore(concurrentMax * WAITING_PER_PERMIT);
    this.urlLengthMax = urlLengthMax;
    this.timeoutNanos = timeout.toNanos();
    this.meters = meters;
    this.errors = errors;
  }

  /** The handler of a route whose requests need a permit. */
  Handler limited(String route, Endpoint endpoint) {
    Outcomes outcomes = new Outcomes(route);
    return context -> handle(context, endpoint, outcomes, true);
  }

  /** The handler of a route that needs no permit, such as health: it answers under any load. */
  Handler unlimited(String route, Endpoint endpoint) {
    Outcomes outcomes = new Outcomes(route);
    return context -> handle(context, endpoint, outcomes, false);
  }

  private void handle(Context context, Endpoint endpoint, Outcomes outcomes, boolean isLimited)
      throws IOException {
    long start = System.nanoTime();
    HttpServletRequest servletRequest = context.req();
    HttpServletResponse servletResponse = context.res();
    SecurityHeaders.set(servletResponse);
    running.incrementAndGet();
    boolean hasPermit = isLimited && acquirePermit();
    try {
      if (isLimited && !hasPermit) {
        throw Problem.unavailable("Too many requests are being worked on.", 1).exception();
      }
      requireSize(servletRequest);
      Response response = endpoint.handle(new Request(context, start + timeoutNanos));
      ResponseWriter.write(response, servletRequest, servletResponse);
    } catch (RuntimeException e) {
      ResponseWriter.write(problemOf(e, servletRequest), servletRequest, servletResponse);
    } finally {
      if (hasPermit) {
        permits.release();
      }
      running.decrementAndGet();
      outcomes.record(servletResponse.getStatus(), System.nanoTime() - start);
    }
  }

  /** Waits until no request is running, but at most the given time. */
  void awaitIdle(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (running.get() > 0 && System.nanoTime() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Acquires a permit. Waits if none is free, so that a short burst of requests is not refused. */
  private boolean acquirePermit() {
    if (permits.tryAcquire()) {
      return true;
    }
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return permits.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.release();
    }
  }

  private void requireSize(HttpServletRequest servletRequest) {
    String query = servletRequest.getQueryString();
    int length = servletRequest.getRequestURI().length() + (query == null ? 0 : query.length() + 1);
    if (length > urlLengthMax) {
      throw Problem.uriTooLong(urlLengthMax).exception();
    }
    if (servletRequest.getContentLengthLong() > BODY_BYTES_MAX) {
      throw Problem.contentTooLarge().exception();
    }
  }

  Problem problemOf(RuntimeException exception, HttpServletRequest servletRequest) {
    if (exception instanceof ProblemException known) {
      return known.problem();
    }
    Problem mapped = errors.problemOf(exception);
    if (mapped != null) {
      return mapped;
    }
    String id = UUID.randomUUID().toString();
    LOG.error(
        "Request failed, id {}: {} {}",
        id,
        servletRequest.getMethod(),
        pathOf(servletRequest),
        exception);
    return Problem.unexpected(id);
  }

  private static String pathOf(HttpServletRequest servletRequest) {
    String path = servletRequest.getRequestURI();
    return path.length() > 200 ? path.substring(0, 200) + "..." : path;
  }

  /** The timers of one route by status, cached because a lookup in the registry is slower. */
  private final class Outcomes {
    private final String route;
    private final Timer[] byStatus = new Timer[600];

    Outcomes(String route) {
      this.route = route;
    }

    void record(int status, long nanos) {
      int index = Math.max(0, Math.min(status, byStatus.length - 1));
      Timer timer = byStatus[index];
      if (timer == null) {
        timer =
            Timer.builder("http.server.requests")
                .description(
                    "Time from a request to the end of its answer by route and status, in seconds, and"
                        + " number of requests")
                .tag("route", route)
                .tag("status", Integer.toString(index))
                .publishPercentileHistogram(false)
                .serviceLevelObjectives(
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    Duration.ofMillis(25),
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(2500))
                .register(meters);
        byStatus[index] = timer; // a race returns the same timer from the registry
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
