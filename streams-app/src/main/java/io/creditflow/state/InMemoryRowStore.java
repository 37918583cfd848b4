package io.creditflow.state;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a sorted map, in the order in which RocksDB has them: for tests of every module, by the
 * thousand. A walk is on a live view. For one thread, but for {@link #concurrent}.
 */
public final class InMemoryRowStore implements WritableRowStore {
  private final NavigableMap<byte[], byte[]> rows;

  public InMemoryRowStore() {
    this(new TreeMap<>(Arrays::compareUnsigned));
  }

  private InMemoryRowStore(NavigableMap<byte[], byte[]> rows) {
    this.rows = rows;
  }

  /** One that is read by some threads while another writes. */
  public static InMemoryRowStore concurrent() {
    return new InMemoryRowStore(new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
  }

  /** The rows as they are now, whatever becomes of these. */
  public InMemoryRowStore copy() {
    InMemoryRowStore copy = new InMemoryRowStore();
    copy.rows.putAll(rows);
    return copy;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public RowIterator ascend(byte[] from, byte[] to) {
    return walk(rows.subMap(from, true, to, false));
  }

  @Override
  public RowIterator descend(byte[] from, byte[] to) {
    return walk(rows.subMap(from, true, to, false).descendingMap());
  }

  @Override
  public void write(List<Row> changes) {
    for (Row row : changes) {
      if (row.value() == null) {
        rows.remove(row.key());
      } else {
        rows.put(row.key(), row.value());
      }
    }
  }

  private static RowIterator walk(NavigableMap<byte[], byte[]> range) {
    Iterator<Map.Entry<byte[], byte[]>> entries = range.entrySet().iterator();
    return new RowIterator() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Row next() {
        Map.Entry<byte[], byte[]> entry = entries.next();
        return new Row(entry.getKey(), entry.getValue());
      }

      @Override
      public void close() {}
    };
  }
}
