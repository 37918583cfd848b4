package io.creditflow.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** The response to a request that succeeded. */
public sealed interface Response {

  /**
   * A JSON object without its last brace, so that {@code asOf} can be appended without rendering
   * the rest again.
   *
   * @param withoutLastBrace the object's bytes up to its last brace
   * @param etag hash of the object without {@code asOf}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are written, not changed
  record Rendered(byte[] withoutLastBrace, String etag) {
    public static Rendered of(Object value) {
      byte[] whole = Json.bytes(value);
      return new Rendered(Arrays.copyOf(whole, whole.length - 1), ETags.of(whole));
    }
  }

  /**
   * A JSON object.
   *
   * @param asOf null if the response has none
   */
  record Body(Rendered rendered, Instant asOf, int status) implements Response {
    private static final byte[] CLOSE = {'}'};

    public static Body of(Object value) {
      return new Body(Rendered.of(value), null, 200);
    }

    /** The whole object as one array, so that it is sent in one write. */
    byte[] bytes() {
      byte[] tail =
          asOf == null
              ? CLOSE
              : (",\"asOf\":\"" + asOf + "\"}").getBytes(StandardCharsets.US_ASCII);
      byte[] opened = rendered.withoutLastBrace();
      byte[] bytes = Arrays.copyOf(opened, opened.length + tail.length);
      System.arraycopy(tail, 0, bytes, opened.length, tail.length);
      return bytes;
    }
  }

  /**
   * The response of another instance, relayed unchanged.
   *
   * @param asOf the header of the other instance; null if absent
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Relayed(int status, byte[] body, String contentType, String etag, String asOf)
      implements Response {}

  /**
   * Text that is written while it is read from the state, never held in memory as a whole.
   *
   * @param done called when writing has ended, also after a failure
   */
  record Streamed(
      String contentType, String fileName, String etag, Instant asOf, Source source, Runnable done)
      implements Response {}

  /**
   * Writes a streamed body. An exception closes the connection, so that the client does not take a
   * part for the whole.
   */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file or a page.
   *
   * @param cacheControl its Cache-Control header
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

  /** Text that must not be cached. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Plain(byte[] content, String contentType) implements Response {}
}
