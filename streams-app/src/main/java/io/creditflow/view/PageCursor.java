package io.creditflow.view;

import io.creditflow.query.InvalidQueryException;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Base64;
import java.util.function.Function;

/**
 * Encodes and decodes cursors. A cursor is the position at which a page of a list begins. It is
 * opaque to callers, and checked when a caller sends it back.
 */
public final class PageCursor {
  /** Changed when the meaning of any cursor changes, so that old cursors are refused. */
  private static final int FORMAT = 3;

  private PageCursor() {}

  /**
   * Encodes a cursor.
   *
   * @param list the letter of the list; each list has its own
   */
  public static String write(char list, RowWriter parts) {
    byte[] body = parts.bytes();
    byte[] bytes = new byte[body.length + 2];
    bytes[0] = FORMAT;
    bytes[1] = (byte) list;
    System.arraycopy(body, 0, bytes, 2, body.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a cursor of the given list.
   *
   * @throws InvalidQueryException if it is not a cursor of this list
   */
  public static <T> T read(char list, String cursor, Function<RowReader, T> parts) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      RowReader reader = new RowReader(bytes);
      if (reader.int8() == FORMAT && reader.int8() == list) {
        T read = parts.apply(reader);
        if (!reader.hasMore()) {
          return read;
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException broken) {
      // Reported below, like every invalid cursor.
    }
    throw new InvalidQueryException(
        "cursor", "is not one that this list gave out; begin again without it");
  }
}
