package io.creditflow.bench.pipeline;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams settings of rivals. They equal the product's settings, so that no rival is slower
 * because of its settings.
 */
public final class RivalStreamsConfig {
  static final String IN_WORDS =
      "exactly_once_v2, one stream thread, commit every 100 ms, max.task.idle.ms -1,"
          + " max.poll.records 4000, producer lz4 with 128 KiB batches and 20 ms linger, record"
          + " cache 64 MiB: as the product or better";

  private RivalStreamsConfig() {}

  public static Properties of(JobSpec job) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, job.group());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, job.directory().resolve("state").toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64 * 1024 * 1024L);
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.put(StreamsConfig.mainConsumerPrefix("max.poll.records"), 4_000);
    properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    properties.put(StreamsConfig.producerPrefix("batch.size"), 128 * 1024);
    properties.put(StreamsConfig.producerPrefix("linger.ms"), 20);
    return properties;
  }
}
