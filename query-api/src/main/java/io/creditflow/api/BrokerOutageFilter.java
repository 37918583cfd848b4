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
 * Filter of an appender that shortens a Kafka outage. Every Kafka client logs each failed try to
 * connect, several a second. The first failed try passes and begins the outage. Further ones are
 * only counted, until none has failed for {@link #QUIET_NANOS}. While it lasts, one line a minute
 * names the brokers, and one when it has ended. Other lines of the same class pass.
 *
 * <p>Kafka's client logs no success, so the end is the absence of failures. An outage of one failed
 * try ends without a line.
 */
public final class BrokerOutageFilter extends Filter<ILoggingEvent> {
  /** Clients that need a broker try it again after a second at most. */
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  /** A failed try; the group that matches names the broker. */
  private static final Pattern FAILED_TRY =
      Pattern.compile(
          "Connection to node \\S+ \\((\\S+)\\) could not be established"
              + "|Bootstrap broker (\\S+) .*disconnected"
              + "|Error connecting to node (\\S+)");

  private static final Logger log = LoggerFactory.getLogger(BrokerOutageFilter.class);

  private final LongSupplier nanoTime;
  private final Map<String, Integer> triesByBroker = new TreeMap<>();
  private long began;
  private long lastTry;
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

  /** Null if the line is not a failed try. */
  private static String broker(ILoggingEvent event) {
    Matcher matcher = FAILED_TRY.matcher(event.getFormattedMessage());
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

  /** Of {@code host/address:port}, {@code /address:port} or {@code host:port}. */
  private static String hostAndPort(String address) {
    int slash = address.indexOf('/');
    if (slash <= 0) {
      return address.substring(slash + 1);
    }
    return address.substring(0, slash) + address.substring(address.lastIndexOf(':'));
  }

  private synchronized boolean isFirst(String broker) {
    boolean isFirst = triesByBroker.isEmpty();
    lastTry = nanoTime.getAsLong();
    triesByBroker.merge(broker, 1, Integer::sum);
    if (isFirst) {
      began = lastTry;
      lastReport = lastTry;
      if (getContext() != null && clock == null) {
        clock =
            getContext()
                .getScheduledExecutorService()
                .scheduleAtFixedRate(this::report, 1, 1, TimeUnit.SECONDS);
      }
    }
    return isFirst;
  }

  /** Logs what is due. Called each second from a thread that logs nothing else. */
  void report() {
    String line = due();
    if (line != null) {
      log.warn(line);
    }
  }

  /** Null if nothing is. */
  private synchronized String due() {
    long now = nanoTime.getAsLong();
    if (triesByBroker.isEmpty()) {
      return null;
    }
    if (now - lastTry >= QUIET_NANOS) {
      boolean wasSuppressed = tries() > 1;
      String line =
          "Kafka outage ended, no try to connect has failed for %d s. It lasted %s: %s"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(QUIET_NANOS), lasted(lastTry), brokers());
      triesByBroker.clear();
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

  private int tries() {
    return triesByBroker.values().stream().mapToInt(Integer::intValue).sum();
  }

  private String lasted(long until) {
    Duration length = Duration.ofNanos(until - began);
    return "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
  }

  private String brokers() {
    return "%d lines of failed tries suppressed, to %s"
        .formatted(
            tries() - 1,
            triesByBroker.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " tries)")
                .collect(Collectors.joining(", ")));
  }
}
