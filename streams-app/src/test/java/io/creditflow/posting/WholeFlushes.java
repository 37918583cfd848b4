package io.creditflow.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.state.RowWriter;
import io.creditflow.state.State;
import io.creditflow.state.WritableState;
import java.util.Arrays;
import java.util.List;

/**
 * Fails what writes rows that a reader could not tell from half a flush: the number of the flush
 * must come first and its mark last.
 */
final class WholeFlushes implements WritableState {
  private static final byte[] FIRST = FlushMark.opened(0, new RowWriter()).key();
  private static final byte[] LAST = FlushMark.none().closed(new RowWriter()).key();

  private final WritableState state;
  private boolean isWhole = true;

  WholeFlushes(WritableState state) {
    this.state = state;
  }

  @Override
  public void write(List<Row> rows) {
    if (isWhole) {
      assertThat(rows.get(0).key()).isEqualTo(FIRST);
    }
    state.write(rows);
    isWhole = Arrays.equals(rows.get(rows.size() - 1).key(), LAST);
    assertThat(FlushMark.opened(state) == FlushMark.read(state).sequence()).isEqualTo(isWhole);
  }

  @Override
  public byte[] get(byte[] key) {
    return state.get(key);
  }

  @Override
  public State.Rows ascend(byte[] from, byte[] to) {
    return state.ascend(from, to);
  }

  @Override
  public State.Rows descend(byte[] from, byte[] to) {
    return state.descend(from, to);
  }
}
