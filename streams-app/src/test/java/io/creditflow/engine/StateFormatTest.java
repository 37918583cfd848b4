package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** State that another version wrote, in a format that this one does not read. */
class StateFormatTest {
  private static final long NOON = 1_790_000_000_000L;
  private static final byte[] FIRST_ROW = RowKey.of(Table.META, "opened").bytes();

  private final InMemoryRowStore state = new InMemoryRowStore();

  @Test
  void opensStateOfItsOwnFormat() {
    long format = writtenFormat();
    writtenIn(format);

    assertThatCode(this::open).doesNotThrowAnyException();
  }

  @Test
  void refusesAnOlderFormatAndSaysWhatToDo() {
    long format = writtenFormat();
    writtenIn(format - 1);

    assertThatThrownBy(this::open)
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("in format " + (format - 1))
        .hasMessageContaining("reads and writes format " + format)
        .hasMessageContaining("Start it under a new creditflow.application.id")
        .hasMessageContaining("docs/operations.md#upgrade");
  }

  @Test
  void refusesANewerFormatAndSaysWhichVersionReadsIt() {
    long format = writtenFormat();
    writtenIn(format + 1);

    assertThatThrownBy(this::open)
        .isInstanceOf(IncompatibleStateException.class)
        .hasMessageContaining("A newer version wrote it: start that version again")
        .hasMessageContaining("under a new creditflow.application.id");
  }

  /** Writes a flush and returns the format that it notes. */
  private long writtenFormat() {
    CreditEngine engine = open();
    engine.advance(NOON);
    engine.flushAndEvaluate(NOON);
    RowReader row = new RowReader(state.get(FIRST_ROW));
    row.int64();
    return row.int64();
  }

  private void writtenIn(long format) {
    RowReader row = new RowReader(state.get(FIRST_ROW));
    long sequence = row.int64();
    row.int64();
    byte[] other = new RowWriter().int64(sequence).int64(format).text(row.text()).bytes();
    state.write(List.of(new Row(FIRST_ROW, other)));
  }

  private CreditEngine open() {
    return new CreditEngine(EngineConfig.STANDARD, state, key -> 0, Set.of());
  }
}
