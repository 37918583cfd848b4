package io.creditflow.workspace;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a recount of past days.
 *
 * @param zone the {@link io.creditflow.zone.TimeZones#stamp stamp} of the zone whose days are being
 *     summed; null if all are summed and only rows of old days remain to be deleted
 * @param generation the generation of the new rows
 * @param nextQuarter the first UTC quarter-hour that is not summed yet. New usage before it must be
 *     added to the new rows, too
 */
public record DayRecountRow(@Nullable String zone, int generation, int nextQuarter) {

  public static DayRecountRow begin(String zone, int generation) {
    return new DayRecountRow(zone, generation, 0);
  }

  /** The same recount with another {@link #nextQuarter}. */
  public DayRecountRow nextAt(int quarter) {
    return new DayRecountRow(zone, generation, quarter);
  }

  /** The same recount after all quarter-hours are summed. */
  public DayRecountRow summed() {
    return new DayRecountRow(null, generation, nextQuarter);
  }

  public byte[] encode(RowWriter writer) {
    return writer.clear().text(zone).int64(generation).int64(nextQuarter).bytes();
  }

  public static DayRecountRow decode(byte[] row) {
    RowReader reader = new RowReader(row);
    return new DayRecountRow(reader.text(), (int) reader.int64(), (int) reader.int64());
  }
}
