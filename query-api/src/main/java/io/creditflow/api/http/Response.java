package io.creditflow.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** What a request is answered with, when all goes well. */
public sealed interface Response {

  /**
   * A JSON object, kept without its last brace so that {@code asOf} can be put behind it without
   * writing the rest again.
   *
   * @param opened the object's bytes up to its last brace
   * @param etag hash of the whole, {@code asOf} left out
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are written, not changed
  record Rendered(byte[] opened, String etag) {
    public static Rendered of(Object value) {
      byte[] whole = Json.bytes(value);
      return new Rendered(Arrays.copyOf(whole, whole.length - 1), ETags.of(whole));
    }
  }

  /**
   * A JSON object.
   *
   * @param asOf null if the answer carries none
   */
  record Body(Rendered rendered, Instant asOf, int status) implements Response {
    private static final byte[] CLOSE = {'}'};

    public static Body of(Object value) {
      return new Body(Rendered.of(value), null, 200);
    }

    /** In one piece: what is written in two goes out in two. */
    byte[] bytes() {
      byte[] tail =
          asOf == null
              ? CLOSE
              : (",\"asOf\":\"" + asOf + "\"}").getBytes(StandardCharsets.US_ASCII);
      byte[] opened = rendered.opened();
      byte[] bytes = Arrays.copyOf(opened, opened.length + tail.length);
      System.arraycopy(tail, 0, bytes, opened.length, tail.length);
      return bytes;
    }
  }

  /**
   * What another instance answered, handed on byte for byte.
   *
   * @param asOf as the other instance wrote it; null if absent
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Relayed(int status, byte[] body, String contentType, String etag, String asOf)
      implements Response {}

  /**
   * Text that is written as it is read, without ever being held whole.
   *
   * @param done called in any case when nothing more will be written
   */
  record Streamed(
      String contentType, String fileName, String etag, Instant asOf, Source source, Runnable done)
      implements Response {}

  /**
   * Writes a streamed body; an exception breaks the connection off, so that a part is not taken for
   * the whole.
   */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file or a page.
   *
   * @param cacheControl how long it may be kept
   * @param policy its Content-Security-Policy
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Page(
      byte[] plain,
      byte[] gzipped,
      String contentType,
      String etag,
      String cacheControl,
      String policy)
      implements Response {}

  /** Text that nobody is to keep. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Plain(byte[] content, String contentType) implements Response {}
}
