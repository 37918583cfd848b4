package io.creditflow.api;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback filter that condenses the log lines of a Kafka outage. Every Kafka client logs each
 * failed connection attempt, which can be several lines a second. The filter lets the line of the
 * first failed attempt pass: the outage starts. It suppresses and counts the lines of further
 * failed attempts, until no attempt has failed for {@link #QUIET_NANOS}: the outage has ended.
 * During the outage, the filter logs one line a minute that names the brokers, and one line when
 * the outage has ended. Other lines of {@code NetworkClient} pass.
 *
 * <p>Kafka's client does not log a successful connection, so the filter treats the absence of
 * failed attempts as the end. If an outage consists of a single failed attempt, no line reports its
 * end.
 */
public final class BrokerOutageFilter extends Filter<ILoggingEvent> {
  /**
   * The time without a failed attempt after which the outage counts as ended. A client retries a
   * refused connection within about a second ({@code reconnect.backoff.max.ms}). If a host drops
   * packets, an attempt fails only after {@code socket.connection.setup.timeout.ms}, 10 s, which
   * grows to 30 s; then the end of an outage can be reported while the outage continues.
   */
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  /** Matches the log line of a failed connection attempt. The group that matches is the broker. */
  private static final Pattern FAILED_ATTEMPT =
      Pattern.compile(
          "Connection to node \\S+ \\((\\S+)\\) could not be established"
              + "|Bootstrap broker (\\S+) .*disconnected"
              + "|Error connecting to node (\\S+)");

  private static final Logger log = LoggerFactory.getLogger(BrokerOutageFilter.class);

  private final LongSupplier nanoTime;
  private final Map<String, Integer> attemptsByBroker = new TreeMap<>();
  private long startedAt;
  private long lastAttempt;
  private long lastReport;
  private ScheduledFuture<?> clock;

  public BrokerOutageFilter() {
    this(System::nanoTime);
  }

  BrokerOutageFilter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String broker = event.getLoggerName().equals(CLIENT) ? broker(event) : null;
    return broker == null || isFirst(broker) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /**
   * The broker, {@code host:port}, of a failed attempt; null if the line is about something else.
   */
  private static String broker(ILoggingEvent event) {
    Matcher matcher = FAILED_ATTEMPT.matcher(event.getFormattedMessage());
    if (!matcher.find()) {
      return null;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return hostAndPort(matcher.group(group));
      }
    }
    throw new IllegalStateException("No broker in " + matcher.group());
  }

  /**
   * The {@code host:port} of an address that Kafka logs as {@code host/address:port}, {@code
   * /address:port} or {@code host:port}. Without a host name, it is {@code address:port}.
   */
  private static String hostAndPort(String address) {
    int slash = address.indexOf('/');
    if (slash <= 0) {
      return address.substring(slash + 1);
    }
    return address.substring(0, slash) + address.substring(address.lastIndexOf(':'));
  }

  private synchronized boolean isFirst(String broker) {
    boolean isFirst = attemptsByBroker.isEmpty();
    lastAttempt = nanoTime.getAsLong();
    attemptsByBroker.merge(broker, 1, Integer::sum);
    if (isFirst) {
      startedAt = lastAttempt;
      lastReport = lastAttempt;
      if (getContext() != null && clock == null) {
        clock =
            getContext()
                .getScheduledExecutorService()
                .scheduleAtFixedRate(this::report, 1, 1, TimeUnit.SECONDS);
      }
    }
    return isFirst;
  }

  /** Logs the next line about the outage, if it is due. Called once a second by one thread. */
  void report() {
    String line = due();
    if (line != null) {
      log.warn(line);
    }
  }

  /** The line to log now: the report of a minute or of the end; null if no line is due. */
  private synchronized String due() {
    long now = nanoTime.getAsLong();
    if (attemptsByBroker.isEmpty()) {
      return null;
    }
    if (now - lastAttempt >= QUIET_NANOS) {
      boolean wasSuppressed = attempts() > 1;
      String line =
          "Kafka outage ended, no connection attempt has failed for %d s. It lasted %s: %s"
              .formatted(
                  TimeUnit.NANOSECONDS.toSeconds(QUIET_NANOS), lasted(lastAttempt), brokers());
      attemptsByBroker.clear();
      if (clock != null) {
        clock.cancel(false);
        clock = null;
      }
      return wasSuppressed ? line : null;
    }
    if (now - lastReport >= REPORT_NANOS) {
      lastReport = now;
      return "Kafka outage for %s: %s".formatted(lasted(now), brokers());
    }
    return null;
  }

  private int attempts() {
    return attemptsByBroker.values().stream().mapToInt(Integer::intValue).sum();
  }

  private String lasted(long until) {
    Duration length = Duration.ofNanos(until - startedAt);
    return "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
  }

  private String brokers() {
    return "%d log lines suppressed; failed attempts by broker: %s"
        .formatted(
            attempts() - 1,
            attemptsByBroker.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", ")));
  }
}
