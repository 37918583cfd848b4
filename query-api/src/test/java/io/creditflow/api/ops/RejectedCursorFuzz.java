package io.creditflow.api.ops;

import io.creditflow.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A target for Jazzer (bin/fuzz): a cursor through rejected events is read or refused, and what was
 * read says the same when written.
 */
public final class RejectedCursorFuzz {
  private RejectedCursorFuzz() {}

  /** Called by Jazzer and by the replay of the corpus. */
  public static void fuzzerTestOneInput(byte[] input) {
    Map<Integer, Long> offsets;
    try {
      offsets = RejectedCursor.decode(new String(input, StandardCharsets.ISO_8859_1));
    } catch (InvalidQueryException refused) {
      return;
    }
    if (!RejectedCursor.decode(RejectedCursor.encode(offsets)).equals(offsets)) {
      throw new IllegalStateException("written as another cursor: " + offsets);
    }
  }
}
