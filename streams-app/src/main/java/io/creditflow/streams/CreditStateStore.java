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
   * The compaction lag of the changelog, 10 minutes. Younger records are not compacted. So a
   * standby that lags by no more than this reads all records of a flush, and its rows at a
   * checkpoint are consistent. Queries read no standby that lags by more.
   */
  static final long COMPACTION_LAG_MILLIS = 600_000;

  /**
   * How long the changelog keeps tombstones: longer than an instance keeps the files of a partition
   * that it no longer holds (7 days).
   */
  private static final long TOMBSTONE_RETENTION_MILLIS = Duration.ofDays(30).toMillis();

  private CreditStateStore() {}

  /** The builder of the store {@link CreditTopology#STATE_STORE}. */
  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(CreditTopology.STATE_STORE),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(
            Map.of(
                // With CreateTime, brokers would reject records of an instance whose clock is an
                // hour ahead.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                TimestampType.LOG_APPEND_TIME.name,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(StreamsProperties.REQUEST_BYTES_MAX),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(COMPACTION_LAG_MILLIS),
                // Old files of a partition must still find the tombstones when they catch up.
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                Long.toString(TOMBSTONE_RETENTION_MILLIS),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(128 * 1024 * 1024)));
  }
}
