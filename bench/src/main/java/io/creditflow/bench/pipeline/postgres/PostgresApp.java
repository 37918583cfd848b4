package io.creditflow.bench.pipeline.postgres;

import io.creditflow.bench.pipeline.Errand;
import io.creditflow.events.CreditGrant;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads the topics and counts in PostgreSQL: a batch is copied to a staging table and counted from
 * there by one statement, which lets an event id through once; the offsets are kept in the same
 * transaction, so nothing counts twice or never.
 */
public final class PostgresApp {
  static final int POLL_RECORDS_MAX = 20_000;
  private static final List<String> TOPICS =
      List.of(Topics.LEAD_SOURCED, Topics.PHONE_REVEALED, Topics.CREDIT_GRANTS);

  private static volatile boolean finished;

  private PostgresApp() {}

  /**
   * @param arguments those of an {@link Errand}; where the database is, is in DATABASE_URL
   */
  public static void main(String[] arguments) throws Exception {
    Errand errand = Errand.of(arguments);
    try (Bookkeeper books = new Bookkeeper(System.getenv("DATABASE_URL"))) {
      Thread reader = new Thread(() -> read(errand, books), "reader");
      reader.setDaemon(true);
      reader.setUncaughtExceptionHandler(
          (thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      reader.start();
      errand.awaitFinish();
      finished = true;
      reader.join();
      errand.report(books.countedLines());
    }
  }

  private static void read(Errand errand, Bookkeeper books) {
    Map<String, Object> batches =
        Map.of(
            "max.poll.records",
            POLL_RECORDS_MAX,
            "fetch.min.bytes",
            256 * 1024,
            "fetch.max.wait.ms",
            100);
    EventDecoder decoder = new EventDecoder(errand.registry());
    try (KafkaConsumer<byte[], byte[]> consumer = errand.consumer(batches)) {
      consumer.subscribe(TOPICS, new KeptOffsets(consumer, books));
      while (!finished) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(50));
        if (records.isEmpty()) {
          continue;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
          EventType type = EventType.ofTopic(record.topic()).orElseThrow();
          var event = decoder.decode(record.value(), type).event();
          if (event instanceof CreditGrant grant) {
            books.grant(grant);
          } else {
            books.usage(event);
          }
          books.read(record.topic(), record.partition(), record.offset());
        }
        books.commit();
      }
    }
  }
}
