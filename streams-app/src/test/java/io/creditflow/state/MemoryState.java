package io.creditflow.state;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rows in a sorted map: the state of tests by the thousand. A walk is on a live view. */
public final class MemoryState implements WritableState {
  private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

  /** The rows as they are now, whatever becomes of these. */
  public MemoryState copy() {
    MemoryState copy = new MemoryState();
    copy.rows.putAll(rows);
    return copy;
  }

  @Override
  public byte[] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Rows ascend(byte[] from, byte[] to) {
    return walk(rows.subMap(from, true, to, false));
  }

  @Override
  public Rows descend(byte[] from, byte[] to) {
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

  private static Rows walk(NavigableMap<byte[], byte[]> range) {
    Iterator<Map.Entry<byte[], byte[]>> entries = range.entrySet().iterator();
    return new Rows() {
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
