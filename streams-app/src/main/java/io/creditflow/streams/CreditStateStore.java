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

/** Builds the state store: RocksDB, with a changelog, without a record cache. */
final class CreditStateStore {
  /**
   * The compaction lag of the changelog, 10 minutes. A standby that lags by no more than that reads
   * each flush as it was written, so its rows between two checkpoints are complete. Queries accept
   * no standby that is older.
   */
  static final long COMPACTION_LAG_MILLIS = 600_000;

  /** How long the changelog keeps tombstones: longer than an instance keeps a state it lost. */
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
                // With the instance's clock, a broker would reject timestamps an hour ahead of it.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                TimestampType.LOG_APPEND_TIME.name,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(StreamsProperties.REQUEST_BYTES_MAX),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(COMPACTION_LAG_MILLIS),
                // An old copy of the state needs the tombstones when it catches up.
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                Long.toString(DELETED_KNOWN_MILLIS),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(128 * 1024 * 1024)));
  }
}
