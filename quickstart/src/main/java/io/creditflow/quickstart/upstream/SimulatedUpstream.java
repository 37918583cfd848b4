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
 * Publishes the story as fast as it can, then goes on live at a gentle pace until closed.
 *
 * <p>Started again it does not publish the past again, but fills the gap since it last ran (30 days
 * at most) with the story's usual work.
 */
public final class SimulatedUpstream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedUpstream.class);

  /** Lively while somebody is likely to watch the first minutes, sparing for the days after. */
  private static final Duration LIVELY = Duration.ofMinutes(10);

  private static final double LIVELY_EVENTS_PER_SECOND = 1.5;
  private static final double EVENTS_PER_SECOND = 0.5;

  private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

  /** A story broken off longer ago would run into the age limit: it is not played to its end. */
  private static final Duration RETOLD_WITHIN = Duration.ofDays(4);

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
   * Publishes everything up to now, then returns.
   *
   * @return how many events were sent
   */
  public int catchUp() {
    Instant now = now();
    progress =
        UpstreamProgress.read(progressFile)
            .filter(p -> p.pastPublished() || p.generatedAt().isAfter(now.minus(RETOLD_WITHIN)))
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

  /** Goes on live, in a thread of its own. */
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
          // Renewals and ends of campaigns come when they are due, however sparse the traffic.
          publish(history.milestones(progress.until(), now));
          save(now);
        }
      }
    } catch (InterruptedException | InterruptException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The simulated upstream stopped: {}. Start quickstart again to go on", e, e);
    }
  }

  private double eventsPerSecond(Instant begun) {
    return now().isBefore(begun.plus(LIVELY)) ? LIVELY_EVENTS_PER_SECOND : EVENTS_PER_SECOND;
  }

  /** Events come by chance, not by the clock. */
  private static long pauseMillis(double perSecond) {
    double draw = Math.max(1e-9, Math.random());
    return (long) Math.min(10_000, -Math.log(draw) * 1_000 / perSecond);
  }

  private int publish(List<ScheduledEvent> publications) {
    publications.forEach(this::send);
    producer.flush();
    throwFailure();
    return publications.size();
  }

  private void send(ScheduledEvent publication) {
    throwFailure();
    ProducerRecord<String, SpecificRecord> record =
        new ProducerRecord<>(publication.topic(), publication.workspaceId(), publication.event());
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
