package io.creditflow.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Limits the memory of all RocksDB instances of the process together. They share one block cache,
 * and write buffers, indexes and filters are charged to this cache.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
  /** The property with the total size of the shared block cache, in bytes. */
  static final String BYTES = "creditflow.rocksdb.memory.bytes";

  private static final long BLOCK_BYTES = 16 * 1024L;
  private static Cache cache;
  private static WriteBufferManager writeBuffers;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    createShared(((Number) configs.get(BYTES)).longValue());
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    table.setFilterPolicy(new BloomFilter(10, false));
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writeBuffers);
    options.setWriteBufferSize(16 * 1024 * 1024L);
    options.setMaxWriteBufferNumber(3);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    options.setOptimizeFiltersForHits(false);
  }

  private static synchronized void createShared(long bytes) {
    if (cache == null) {
      cache = new LRUCache(bytes, -1, false, 0.2);
      writeBuffers = new WriteBufferManager(bytes / 3, cache);
    }
  }

  @Override
  public void close(String storeName, Options options) {
    // All stores of the process share the cache, so it stays open.
  }
}
