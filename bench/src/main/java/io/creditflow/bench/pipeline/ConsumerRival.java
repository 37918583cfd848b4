package io.creditflow.bench.pipeline;

import io.creditflow.bench.workload.WorkloadTotals;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A plain consumer that decodes every record, counts nothing and commits its position. */
final class ConsumerRival {
  private static final long COMMIT_MILLIS = 100;
  private static final int POLL_RECORDS_MAX = 4_000;

  static final Rival RIVAL =
      new JvmRival(
          "consumer",
          ConsumerRival.class.getName(),
          WorkloadTotals::receivedLines,
          List.of(
              "KafkaConsumer and Avro decoding (the product's decoder), nothing else",
              "max.poll.records "
                  + POLL_RECORDS_MAX
                  + ", commitAsync every "
                  + COMMIT_MILLIS
                  + " ms"));

  private static volatile boolean finished;

  private ConsumerRival() {}

  public static void main(String[] arguments) throws InterruptedException {
    JobSpec job = JobSpec.of(arguments);
    WorkloadTotals totals = new WorkloadTotals();
    Thread reader = new Thread(() -> read(job, totals), "reader");
    reader.setDaemon(true);
    reader.start();
    job.awaitFinish();
    finished = true;
    reader.join();
    job.writeTotals(totals.receivedLines());
  }

  private static void read(JobSpec job, WorkloadTotals totals) {
    EventDecoder decoder = new EventDecoder(job.registry());
    try (KafkaConsumer<byte[], byte[]> consumer =
        job.consumer(Map.of("max.poll.records", POLL_RECORDS_MAX))) {
      consumer.subscribe(Topics.INPUTS);
      long committedAt = System.currentTimeMillis();
      while (!finished) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          EventType type = EventType.ofTopic(record.topic()).orElseThrow();
          if (decoder.decode(record.value(), type).event() != null) {
            totals.addReceived(record.topic());
          }
        }
        long now = System.currentTimeMillis();
        if (now - committedAt >= COMMIT_MILLIS) {
          consumer.commitAsync();
          committedAt = now;
        }
      }
    }
  }
}
