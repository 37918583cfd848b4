package io.creditflow.bench.pipeline.postgres;

import io.creditflow.bench.pipeline.JobSpec;
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
 * Reads the topics and counts in PostgreSQL. Each batch is copied to a staging table, from which
 * one statement counts each event id once. Offsets are stored in the same transaction, so no event
 * is lost or counted twice.
 */
public final class PostgresApp {
  static final int POLL_RECORDS_MAX = 20_000;
  private static final List<String> TOPICS =
      List.of(Topics.LEAD_SOURCED, Topics.PHONE_REVEALED, Topics.CREDIT_GRANTS);

  private static volatile boolean finished;

  private PostgresApp() {}

  /**
   * @param arguments those of a {@link JobSpec}; the variable DATABASE_URL has the database's URL
   */
  public static void main(String[] arguments) throws Exception {
    JobSpec job = JobSpec.of(arguments);
    try (PostgresBatchWriter writer = new PostgresBatchWriter(System.getenv("DATABASE_URL"))) {
      Thread reader = new Thread(() -> read(job, writer), "reader");
      reader.setDaemon(true);
      reader.setUncaughtExceptionHandler(
          (thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      reader.start();
      job.awaitFinish();
      finished = true;
      reader.join();
      job.writeTotals(writer.totalsAsLines());
    }
  }

  private static void read(JobSpec job, PostgresBatchWriter writer) {
    Map<String, Object> batches =
        Map.of(
            "max.poll.records",
            POLL_RECORDS_MAX,
            "fetch.min.bytes",
            256 * 1024,
            "fetch.max.wait.ms",
            100);
    EventDecoder decoder = new EventDecoder(job.registry());
    try (KafkaConsumer<byte[], byte[]> consumer = job.consumer(batches)) {
      consumer.subscribe(TOPICS, new DatabaseOffsets(consumer, writer));
      while (!finished) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(50));
        if (records.isEmpty()) {
          continue;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
          EventType type = EventType.ofTopic(record.topic()).orElseThrow();
          var event = decoder.decode(record.value(), type).event();
          if (event instanceof CreditGrant grant) {
            writer.addGrant(grant);
          } else {
            writer.addUsage(event);
          }
          writer.noteRead(record.topic(), record.partition(), record.offset());
        }
        writer.commit();
      }
    }
  }
}
