package io.creditflow.state;

import java.util.Iterator;

/** Ordered rows of one partition, read. Keys sort by unsigned bytes. */
public interface RowStore {
  /** The row's value, or null if there is none. */
  byte[] get(byte[] key);

  /** Rows with from <= key < to, ascending. Close it. */
  RowIterator ascend(byte[] from, byte[] to);

  /** Rows with from <= key < to, descending. Close it. */
  RowIterator descend(byte[] from, byte[] to);

  /** All rows whose key begins with the prefix, ascending. Close it. */
  default RowIterator within(byte[] prefix) {
    return ascend(prefix, RowKey.after(prefix));
  }

  /** A row; a null value means: delete. */
  record Row(byte[] key, byte[] value) {}

  /** A walk over rows, on one snapshot of the state. */
  interface RowIterator extends Iterator<Row>, AutoCloseable {
    @Override
    void close();
  }
}
