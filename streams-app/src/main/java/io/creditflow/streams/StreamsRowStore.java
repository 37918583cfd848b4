package io.creditflow.streams;

import io.creditflow.state.RowStore;
import io.creditflow.state.WritableRowStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads rows from a Kafka Streams store. */
class StreamsRowStore implements RowStore {
  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

  StreamsRowStore(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte[] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public RowIterator ascend(byte[] from, byte[] to) {
    return new StoreRowIterator(store.range(Bytes.wrap(from), Bytes.wrap(to)), to);
  }

  @Override
  public RowIterator descend(byte[] from, byte[] to) {
    return new StoreRowIterator(store.reverseRange(Bytes.wrap(from), Bytes.wrap(to)), to);
  }

  /** An iterator that excludes the end of the range; ranges of Kafka Streams stores include it. */
  private static final class StoreRowIterator implements RowIterator {
    private final KeyValueIterator<Bytes, byte[]> rows;
    private final byte[] end;
    private KeyValue<Bytes, byte[]> next;

    StoreRowIterator(KeyValueIterator<Bytes, byte[]> rows, byte[] end) {
      this.rows = rows;
      this.end = end;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        next = Arrays.equals(row.key.get(), end) ? null : row;
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row row = new Row(next.key.get(), next.value);
      advance();
      return row;
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** Reads and writes rows. Used by the thread of the task that owns the store. */
  static final class WritableStreamsRowStore extends StreamsRowStore implements WritableRowStore {
    private final KeyValueStore<Bytes, byte[]> store;

    WritableStreamsRowStore(KeyValueStore<Bytes, byte[]> store) {
      super(store);
      this.store = store;
    }

    @Override
    public void write(List<Row> rows) {
      List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(rows.size());
      for (Row row : rows) {
        entries.add(KeyValue.pair(Bytes.wrap(row.key()), row.value()));
      }
      store.putAll(entries);
    }
  }
}
