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
   * @param etag the entity tag of the object without {@code asOf}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are not changed
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
   * @param etag the ETag header of the other instance; null if absent
   * @param asOf the header {@code Creditflow-As-Of} of the other instance; null if absent
   */
  @SuppressWarnings("ArrayRecordComponent") // as in Rendered
  record Relayed(int status, byte[] body, String contentType, String etag, String asOf)
      implements Response {}

  /**
   * Text that is written while it is read from the state, and is never completely in memory.
   *
   * @param done called when writing has ended, also after a failure
   */
  record Streamed(
      String contentType, String fileName, String etag, Instant asOf, Source source, Runnable done)
      implements Response {}

  /**
   * Writes a streamed body. An exception closes the connection, so that the client does not treat a
   * truncated body as complete.
   */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A static file or page.
   *
   * @param plain the content without compression
   * @param gzipped the compressed content; null if it is not compressed
   * @param cacheControl the Cache-Control header
   * @param policy the Content-Security-Policy header
   */
  @SuppressWarnings("ArrayRecordComponent") // as in Rendered
  record Page(
      byte[] plain,
      byte[] gzipped,
      String contentType,
      String etag,
      String cacheControl,
      String policy)
      implements Response {}

  /** Text that must not be cached. */
  @SuppressWarnings("ArrayRecordComponent") // as in Rendered
  record Plain(byte[] content, String contentType) implements Response {}
}
