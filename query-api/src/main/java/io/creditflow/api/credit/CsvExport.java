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
 * A whole list as CSV. Read a part at a time and written before the next is read, so memory stays
 * small and no read of the state waits for a slow client.
 */
public final class CsvExport {
  /** A list of up to so many parts is read whole first, so that its ETag can be exact. */
  private static final int PARTS_AHEAD = 4;

  private static final String MEDIA_TYPE = "text/csv";
  private static final String JSON = "application/json";

  private final QueryExecutor executor;
  private final Semaphore places;

  /**
   * @param concurrentMax exports at one time
   */
  public CsvExport(QueryExecutor executor, int concurrentMax) {
    this.executor = executor;
    this.places = new Semaphore(concurrentMax);
  }

  /**
   * What to export.
   *
   * @param fileName that a browser saves it under
   * @param head first line, ended
   */
  record Table(String fileName, String head, Parts parts) {}

  /** The parts of a list, one after the other. */
  interface Parts {
    /**
     * @param cursor null for the first
     */
    CsvQuery<?> after(String cursor);
  }

  /** True if the caller would rather have CSV than JSON. */
  static boolean isAskedFor(Request request) {
    String accept = request.header("Accept");
    if (accept == null || !accept.contains(MEDIA_TYPE)) {
      return false;
    }
    double csv = AcceptHeader.quality(accept, MEDIA_TYPE);
    double json = AcceptHeader.quality(accept, JSON);
    return csv > json || (csv == json && csv > 0 && !accept.contains(JSON)); // as "text/csv, */*"
  }

  Response reply(Request request, Table table) {
    if (!places.tryAcquire()) {
      throw Problem.unavailable("Too many exports are running.", 2).exception();
    }
    boolean isHandedOver = false;
    try {
      Response response = begin(request, table);
      isHandedOver = response instanceof Response.Streamed;
      return response;
    } finally {
      if (!isHandedOver) {
        places.release();
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
    byte[] begun = ahead.toByteArray();
    String rest = cursor;
    return new Response.Streamed(
        MEDIA_TYPE + "; charset=utf-8",
        table.fileName(),
        rest == null ? ETags.of(begun) : onlyOnce(begun, first.asOf()),
        first.asOf(),
        out -> writeAll(request, table, begun, rest, out),
        places::release);
  }

  private static byte[] bytes(String lines) {
    return lines.getBytes(StandardCharsets.UTF_8);
  }

  /** A list too long to be read twice is never said to be unchanged. */
  private static String onlyOnce(byte[] begun, Instant asOf) {
    byte[] moment = bytes(asOf + " " + System.nanoTime());
    byte[] both = Arrays.copyOf(begun, begun.length + moment.length);
    System.arraycopy(moment, 0, both, begun.length, moment.length);
    return ETags.of(both);
  }

  private void writeAll(Request request, Table table, byte[] begun, String cursor, OutputStream out)
      throws IOException {
    out.write(begun);
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
