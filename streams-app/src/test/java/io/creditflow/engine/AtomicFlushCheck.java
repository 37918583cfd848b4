package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.WritableRowStore;
import java.util.Arrays;
import java.util.List;

/**
 * Fails what writes rows that a reader could not tell from half a flush: the number of the flush
 * must come first and its checkpoint last.
 */
final class AtomicFlushCheck implements WritableRowStore {
  private static final byte[] FIRST = FlushCheckpoint.firstRow(0, new RowWriter()).key();
  private static final byte[] LAST = FlushCheckpoint.initial().lastRow(new RowWriter()).key();

  private final WritableRowStore state;
  private boolean isWhole = true;

  AtomicFlushCheck(WritableRowStore state) {
    this.state = state;
  }

  @Override
  public void write(List<Row> rows) {
    if (isWhole) {
      assertThat(rows.get(0).key()).isEqualTo(FIRST);
    }
    state.write(rows);
    isWhole = Arrays.equals(rows.get(rows.size() - 1).key(), LAST);
    assertThat(FlushCheckpoint.begun(state) == FlushCheckpoint.read(state).sequence())
        .isEqualTo(isWhole);
  }

  @Override
  public byte[] get(byte[] key) {
    return state.get(key);
  }

  @Override
  public RowStore.RowIterator ascend(byte[] from, byte[] to) {
    return state.ascend(from, to);
  }

  @Override
  public RowStore.RowIterator descend(byte[] from, byte[] to) {
    return state.descend(from, to);
  }
}
