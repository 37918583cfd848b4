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
 * What every request passes through: limits, security headers, timing, and the turning of
 * exceptions into problems.
 */
public final class RequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
  private static final long BODY_BYTES_MAX = 8 << 10;

  /** How long a request waits for a place, and how many may, for each place. */
  private static final long WAIT_MILLIS = 1_000;

  public static final int WAITING_PER_PERMIT = 2;

  private static final long LOOK_MILLIS = 5;

  private final Semaphore places;
  private final Semaphore waiting;
  private final AtomicInteger running = new AtomicInteger();
  private final long urlLengthMax;
  private final long timeoutNanos;
  private final MeterRegistry meters;
  private final ErrorMapping errors;

  /** Turns an exception of the domain into a problem; null if it is not one of those. */
  public interface ErrorMapping {
    Problem problemOf(RuntimeException exception);
  }

  public RequestFilter(
      int concurrentMax,
      long urlLengthMax,
      Duration timeout,
      MeterRegistry meters,
      ErrorMapping errors) {
    this.places = new Semaphore(concurrentMax);
    this.waiting = new Semaphore(concurrentMax * WAITING_PER_PERMIT);
    this.urlLengthMax = urlLengthMax;
    this.timeoutNanos = timeout.toNanos();
    this.meters = meters;
    this.errors = errors;
  }

  /** The handler of a route that waits its turn like all others. */
  Handler limited(String route, Endpoint endpoint) {
    Outcomes outcomes = new Outcomes(route);
    return context -> handle(context, endpoint, outcomes, true);
  }

  /** The handler of a route that must answer even when the server is busy, such as health. */
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
    boolean hasPlace = isLimited && acquirePermit();
    try {
      if (isLimited && !hasPlace) {
        throw Problem.unavailable("Too many requests are being worked on.", 1).exception();
      }
      requireSize(servletRequest);
      Response response = endpoint.handle(new Request(context, start + timeoutNanos));
      ResponseWriter.write(response, servletRequest, servletResponse);
    } catch (RuntimeException e) {
      ResponseWriter.write(problemOf(e, servletRequest), servletRequest, servletResponse);
    } finally {
      if (hasPlace) {
        places.release();
      }
      running.decrementAndGet();
      outcomes.record(servletResponse.getStatus(), System.nanoTime() - start);
    }
  }

  /** Waits until no request is being answered, or for so long. */
  void awaitIdle(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (running.get() > 0 && System.nanoTime() < end) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** At once or after a moment; a burst is worked off rather than turned away. */
  private boolean acquirePermit() {
    if (places.tryAcquire()) {
      return true;
    }
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return places.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
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

  /** Timers of one route by status, looked up without going through the registry each time. */
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
        byStatus[index] = timer; // a lost race registers the same timer again: harmless
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
