package io.creditflow.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The store that holds everything counted: RocksDB, logged, not cached. */
final class CreditStateStore {
  /**
   * Compaction keeps away from the newest ten minutes of the changelog: a standby that is behind by
   * no more than that replays flushes as they were written, so what it shows between two
   * checkpoints is whole. Readers accept no staler standby.
   */
  static final long COMPACTION_LAG_MILLIS = 600_000;

  /** Longer than an instance keeps the state of a partition that it lost. */
  private static final long DELETED_KNOWN_MILLIS = Duration.ofDays(30).toMillis();

  private CreditStateStore() {}

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(CreditTopology.STATE_STORE),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of(
                // By our own clock, a broker refuses what is an hour ahead of its own.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                TimestampType.LOG_APPEND_TIME.name,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(StreamsProperties.REQUEST_BYTES_MAX),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(COMPACTION_LAG_MILLIS),
                // An old copy of the state that is brought up to date must receive the deletions.
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                Long.toString(DELETED_KNOWN_MILLIS),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(128 * 1024 * 1024)));
  }
}
