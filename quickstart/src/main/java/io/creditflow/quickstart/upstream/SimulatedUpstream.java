package io.creditflow.quickstart.upstream;

import io.creditflow.schemas.AvroEventSerializer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the simulated history as fast as possible, then live events at a low rate until closed.
 *
 * <p>A restart does not publish the history again. It publishes the usual activity for the time
 * since the last run, at most 30 days.
 */
public final class SimulatedUpstream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedUpstream.class);

  /** How long the higher event rate lasts after a start, when users are likely to watch. */
  private static final Duration INITIAL_PERIOD = Duration.ofMinutes(10);

  private static final double INITIAL_EVENTS_PER_SECOND = 1.5;
  private static final double EVENTS_PER_SECOND = 0.5;

  private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

  /**
   * A history whose publication was interrupted longer ago is generated again for the present,
   * because its oldest events would exceed the age limit.
   */
  private static final Duration RESUMED_WITHIN = Duration.ofDays(4);

  private static final Duration LONGEST_GAP = Duration.ofDays(30);

  private final KafkaProducer<String, SpecificRecord> producer;
  private final Path progressFile;
  private final Clock clock;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private SimulatedHistory history;
  private UpstreamProgress progress;
  private Thread live;
  private volatile boolean closed;

  public SimulatedUpstream(
      String bootstrapServers, String registryUrl, Path progressFile, Clock clock) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "schema.registry.url",
            registryUrl,
            "client.id",
            "simulated-upstream",
            "linger.ms",
            20,
            "compression.type",
            "lz4",
            "buffer.memory",
            8L << 20);
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(config, false);
    this.producer = new KafkaProducer<>(config, new StringSerializer(), serializer);
    this.progressFile = progressFile;
    this.clock = clock;
  }

  /**
   * Publishes all events up to now.
   *
   * @return the number of published events
   */
  public int catchUp() {
    Instant now = now();
    progress =
        UpstreamProgress.read(progressFile)
            .filter(p -> p.pastPublished() || p.generatedAt().isAfter(now.minus(RESUMED_WITHIN)))
            .orElseGet(() -> new UpstreamProgress(now, false, now));
    progress.write(progressFile);
    history = new SimulatedHistory(progress.generatedAt(), WorkspacePlan.customers());
    int sent = 0;
    if (!progress.pastPublished()) {
      sent += publish(history.past());
    }
    Instant gapBegin = progress.until();
    Instant oldest = now.minus(LONGEST_GAP);
    sent += publish(history.between(gapBegin.isBefore(oldest) ? oldest : gapBegin, now));
    save(now);
    return sent;
  }

  /** Starts to publish live events in a background thread. */
  public void goLive() {
    live = new Thread(this::runLive, "simulated-upstream");
    live.setDaemon(true);
    live.start();
  }

  @Override
  public void close() {
    closed = true;
    if (live != null) {
      live.interrupt();
      try {
        live.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    producer.close(Duration.ofSeconds(2));
  }

  private void runLive() {
    Instant begun = now();
    LiveFeed feed = new LiveFeed(history, new SplittableRandom(begun.toEpochMilli()));
    try {
      while (!closed) {
        double perSecond = eventsPerSecond(begun);
        Thread.sleep(pauseMillis(perSecond));
        Instant now = now();
        send(feed.next(now, perSecond));
        if (progress.until().plus(SAVED_EVERY).isBefore(now)) {
          // Grant renewals and ends of campaigns are published when they are due, independent of
          // the rate of usage.
          publish(history.milestones(progress.until(), now));
          save(now);
        }
      }
    } catch (InterruptedException | InterruptException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The simulated upstream stopped: {}. Restart quickstart to continue", e, e);
    }
  }

  private double eventsPerSecond(Instant begun) {
    return now().isBefore(begun.plus(INITIAL_PERIOD))
        ? INITIAL_EVENTS_PER_SECOND
        : EVENTS_PER_SECOND;
  }

  /** A random pause, so that events form a Poisson process; at most 10 s. */
  private static long pauseMillis(double perSecond) {
    double draw = Math.max(1e-9, Math.random());
    return (long) Math.min(10_000, -Math.log(draw) * 1_000 / perSecond);
  }

  private int publish(List<ScheduledEvent> events) {
    events.forEach(this::send);
    producer.flush();
    throwFailure();
    return events.size();
  }

  private void send(ScheduledEvent event) {
    throwFailure();
    ProducerRecord<String, SpecificRecord> record =
        new ProducerRecord<>(event.topic(), event.workspaceId(), event.event());
    var unused =
        producer.send(
            record,
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  private void save(Instant until) {
    progress = new UpstreamProgress(progress.generatedAt(), true, until);
    progress.write(progressFile);
  }

  private void throwFailure() {
    Exception error = failure.get();
    if (error != null && !closed) {
      throw new KafkaException("Cannot publish to Kafka", error);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
