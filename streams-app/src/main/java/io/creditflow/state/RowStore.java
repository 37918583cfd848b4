package io.creditflow.state;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Read access to the rows of one partition, which are ordered by key as unsigned bytes. */
public interface RowStore {
  /** The row's value, or null if there is none. */
  byte @Nullable [] get(byte[] key);

  /** Rows with from <= key < to, ascending. The caller must close the iterator. */
  RowIterator ascend(byte[] from, byte[] to);

  /** Rows with from <= key < to, descending. The caller must close the iterator. */
  RowIterator descend(byte[] from, byte[] to);

  /** Rows whose key begins with the prefix, ascending. The caller must close the iterator. */
  default RowIterator within(byte[] prefix) {
    return ascend(prefix, RowKey.after(prefix));
  }

  /** A key and its value. In a batch to be written, a null value deletes the row. */
  record Row(byte[] key, byte @Nullable [] value) {
    /** The value of a row that was read, which always has one. */
    @SuppressWarnings("NullAway") // one type for both: only in a batch can the value be null
    public byte[] storedValue() {
      return value;
    }
  }

  /** An iterator over rows that must be closed. */
  interface RowIterator extends Iterator<Row>, AutoCloseable {
    @Override
    void close();
  }
}
