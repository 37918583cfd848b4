package io.creditflow.api.ops;

import io.creditflow.query.InvalidQueryException;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import io.creditflow.view.PageCursor;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cursor of a list of rejected events: by partition, the offset below which the next page
 * starts.
 */
final class RejectedCursor {
  private static final char LIST_TYPE = 'r';

  private RejectedCursor() {}

  static String encode(Map<Integer, Long> offsets) {
    RowWriter parts = new RowWriter();
    offsets.forEach((partition, offset) -> parts.fixed32(partition).int64(offset));
    return PageCursor.write(LIST_TYPE, parts);
  }

  /**
   * @throws InvalidQueryException if the cursor is malformed or belongs to another list
   */
  static Map<Integer, Long> decode(String cursor) {
    return PageCursor.read(LIST_TYPE, cursor, RejectedCursor::offsets);
  }

  private static Map<Integer, Long> offsets(RowReader parts) {
    Map<Integer, Long> offsets = new TreeMap<>();
    while (parts.hasMore()) {
      int partition = parts.fixed32();
      long offset = parts.int64();
      if (offset < 0) {
        throw new IllegalArgumentException("negative offset");
      }
      offsets.put(partition, offset);
    }
    return offsets;
  }
}
