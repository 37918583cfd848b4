package io.creditflow.api.credit;

import io.creditflow.api.credit.QueryExecutor.CsvReading;
import io.creditflow.api.http.ETags;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Exports a whole list as CSV. Each part is written before the next is read, so memory use is small
 * and no read of the state waits for a slow client. Thread-safe.
 */
public final class CsvExport {
  /** A list of at most this many parts is read completely first, so that its ETag is its hash. */
  private static final int PARTS_AHEAD = 4;

  private static final String MEDIA_TYPE = "text/csv";
  private static final String JSON = "application/json";

  private final QueryExecutor executor;
  private final Semaphore permits;

  /**
   * @param concurrentMax the number of exports that may run at one time
   */
  public CsvExport(QueryExecutor executor, int concurrentMax) {
    this.executor = executor;
    this.permits = new Semaphore(concurrentMax);
  }

  /**
   * The list to export.
   *
   * @param fileName the name under which a browser saves the file
   * @param head the header line with its line end
   */
  record Table(String fileName, String head, Parts parts) {}

  /** Makes the query for each part of a list. */
  interface Parts {
    /**
     * @param cursor the {@code nextCursor} of the previous part; null for the first part
     */
    CsvQuery<?> after(String cursor);
  }

  /** True if the Accept header prefers CSV to JSON. */
  static boolean isAskedFor(Request request) {
    String accept = request.header("Accept");
    if (accept == null || !accept.contains(MEDIA_TYPE)) {
      return false;
    }
    double csv = AcceptHeader.quality(accept, MEDIA_TYPE);
    double json = AcceptHeader.quality(accept, JSON);
    return csv > json || (csv == json && csv > 0 && !accept.contains(JSON)); // for "text/csv, */*"
  }

  Response reply(Request request, Table table) {
    if (!permits.tryAcquire()) {
      throw Problem.unavailable("Too many exports are running.", 2).exception();
    }
    boolean isStreaming = false;
    try {
      Response response = begin(request, table);
      isStreaming = response instanceof Response.Streamed;
      return response;
    } finally {
      if (!isStreaming) {
        permits.release();
      }
    }
  }

  private Response begin(Request request, Table table) {
    CsvReading first = read(request, table, null);
    ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    ahead.writeBytes(bytes(table.head()));
    ahead.writeBytes(bytes(first.part().lines()));
    String cursor = first.part().nextCursor();
    for (int i = 1; i < PARTS_AHEAD && cursor != null; i++) {
      CsvPart part = read(request, table, cursor).part();
      ahead.writeBytes(bytes(part.lines()));
      cursor = part.nextCursor();
    }
    byte[] start = ahead.toByteArray();
    String rest = cursor;
    return new Response.Streamed(
        MEDIA_TYPE + "; charset=utf-8",
        table.fileName(),
        rest == null ? ETags.of(start) : uniqueTag(start, first.asOf()),
        first.asOf(),
        out -> writeAll(request, table, start, rest, out),
        permits::release);
  }

  private static byte[] bytes(String lines) {
    return lines.getBytes(StandardCharsets.UTF_8);
  }

  /** An ETag that never repeats, for a list that is too long to be read before it is sent. */
  private static String uniqueTag(byte[] start, Instant asOf) {
    byte[] unique = bytes(asOf + " " + System.nanoTime());
    byte[] both = Arrays.copyOf(start, start.length + unique.length);
    System.arraycopy(unique, 0, both, start.length, unique.length);
    return ETags.of(both);
  }

  private void writeAll(Request request, Table table, byte[] start, String cursor, OutputStream out)
      throws IOException {
    out.write(start);
    String next = cursor;
    while (next != null) {
      CsvPart part = read(request, table, next).part();
      out.write(bytes(part.lines()));
      next = part.nextCursor();
    }
  }

  private CsvReading read(Request request, Table table, String cursor) {
    Optional<CsvReading> read = executor.csv(request, table.parts().after(cursor));
    return read.orElseThrow(() -> CreditEndpoints.unknown().exception());
  }
}
