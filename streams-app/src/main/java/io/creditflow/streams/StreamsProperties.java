package io.creditflow.streams;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.restoreConsumerPrefix;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Makes Kafka Streams properties from settings; docs/decisions/0004 has the reasons. */
final class StreamsProperties {
  /**
   * The maximum size of a written record before compression, in bytes. The largest records are
   * rejected records and pending reversals: each holds an input record of up to {@code
   * creditflow.limit.record-bytes}, plus the headers or fields that Creditflow adds. Brokers accept
   * requests of up to 100 MiB by default.
   */
  static final int REQUEST_BYTES_MAX = 64 * 1024 * 1024;

  /**
   * A commit that times out has an unknown outcome, and Kafka Streams can then treat an incomplete
   * state as complete (docs/decisions/0017). With this timeout of 365 days, no commit times out.
   */
  private static final long BLOCK_MILLIS_MAX = Duration.ofDays(365).toMillis();

  private StreamsProperties() {}

  /** The name of the state store's changelog topic. */
  static String changelog(PipelineSettings settings) {
    return settings.applicationId() + "-" + CreditTopology.STATE_STORE + "-changelog";
  }

  static Map<String, Object> of(PipelineSettings settings) {
    Map<String, Object> properties = defaults(settings);
    properties.putAll(settings.client());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // The store then survives kill -9, and queries read committed rows only (docs/decisions/0006).
    properties.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
    properties.put(
        StreamsConfig.DEFAULT_INTERACTIVE_QUERY_ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString());
    // No answer depends on the order of records of different topics, and waiting for a topic costs
    // a third of the throughput.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Only flush triggers are cached; each takes a few bytes.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 1024 * 1024L);
    properties.put(StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, Duration.ofDays(7).toMillis());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class.getName());
    properties.put(RocksDbMemory.BYTES, settings.rocksDbMemoryBytes());
    if (settings.advertised() != null) {
      properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.advertised());
      properties.put(
          StreamsConfig.CLIENT_ID_CONFIG,
          StreamsClientId.of(settings.applicationId(), settings.advertised()));
    }
    properties.put(producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), BLOCK_MILLIS_MAX);
    // Records may have old timestamps: an internal topic must never delete records by age.
    properties.put(StreamsConfig.topicPrefix(TopicConfig.RETENTION_MS_CONFIG), -1);
    return properties;
  }

  /** The properties that the operator may replace. */
  private static Map<String, Object> defaults(PipelineSettings settings) {
    Map<String, Object> defaults = new HashMap<>();
    // The endpoint /metrics exposes the metrics; the JMX reporter would create thousands of beans.
    defaults.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    defaults.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    defaults.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 4_000);
    defaults.put(mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    defaults.put(mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
    defaults.put(
        mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
        (int) Duration.ofMinutes(30).toMillis());
    defaults.put(restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 10_000);
    if (settings.instanceId() != null) {
      defaults.put(
          mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
    }
    defaults.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    defaults.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    defaults.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
    defaults.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
    // A rejected record is as large as its source record plus headers.
    defaults.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES_MAX);
    // A buffer smaller than one record would refuse the record. Memory is allocated as needed.
    defaults.put(producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), (long) REQUEST_BYTES_MAX);
    return defaults;
  }
}
