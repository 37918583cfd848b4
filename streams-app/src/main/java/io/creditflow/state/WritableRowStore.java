package io.creditflow.state;

import java.util.List;

/** Ordered rows of one partition, read and written by the one thread that owns them. */
public interface WritableRowStore extends RowStore {
  /** Writes all rows, atomically, in the order given; a null value deletes. */
  void write(List<Row> rows);
}
