package io.creditflow.api.credit;

import io.creditflow.answer.HistoryRow;
import io.creditflow.api.credit.Answerer.HistoryPage;
import io.creditflow.api.credit.Questions.HistoryPages;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.ETags;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The whole history of a range as CSV. Read a page at a time and written before the next is read,
 * so memory stays small and no read of the books waits for a slow client.
 */
public final class CsvHistory {
  /** A range of up to so many pages is read whole first, so that its ETag can be exact. */
  private static final int PAGES_AHEAD = 4;

  private static final String MEDIA_TYPE = "text/csv";
  private static final String JSON = "application/json";

  private final Answerer answerer;
  private final Semaphore places;

  /**
   * @param concurrentMax exports at one time
   */
  public CsvHistory(Answerer answerer, int concurrentMax) {
    this.answerer = answerer;
    this.places = new Semaphore(concurrentMax);
  }

  /** True if the caller would rather have CSV than JSON. */
  static boolean isAskedFor(Call call) {
    String accept = call.header("Accept");
    if (accept == null || !accept.contains(MEDIA_TYPE)) {
      return false;
    }
    double csv = Accept.quality(accept, MEDIA_TYPE);
    double json = Accept.quality(accept, JSON);
    return csv > json || (csv == json && csv > 0 && !accept.contains(JSON)); // as "text/csv, */*"
  }

  Reply reply(Call call, String workspaceId, HistoryPages pages) {
    if (!places.tryAcquire()) {
      throw Problem.unavailable("Too many exports are running.", 2).exception();
    }
    boolean isHandedOver = false;
    try {
      Reply reply = begin(call, pages);
      isHandedOver = reply instanceof Reply.Streamed;
      return reply;
    } finally {
      if (!isHandedOver) {
        places.release();
      }
    }
  }

  private Reply begin(Call call, HistoryPages pages) {
    HistoryPage first = page(call, pages, null);
    ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    ahead.writeBytes(CsvRow.HEAD);
    HistoryPage last = first;
    writeRows(last, ahead);
    for (int i = 1; i < PAGES_AHEAD && last.answer().nextCursor() != null; i++) {
      last = page(call, pages, last.answer().nextCursor());
      writeRows(last, ahead);
    }
    byte[] begun = ahead.toByteArray();
    String cursor = last.answer().nextCursor();
    String etag = cursor == null ? ETags.of(begun) : onlyOnce(begun, first);
    return new Reply.Streamed(
        MEDIA_TYPE + "; charset=utf-8",
        "credit-history.csv",
        etag,
        first.asOf(),
        out -> writeAll(call, pages, begun, cursor, out),
        places::release);
  }

  /** A range too long to be read twice is never said to be unchanged. */
  private static String onlyOnce(byte[] begun, HistoryPage first) {
    byte[] moment = (first.asOf() + " " + System.nanoTime()).getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(begun, begun.length + moment.length);
    System.arraycopy(moment, 0, both, begun.length, moment.length);
    return ETags.of(both);
  }

  private void writeAll(
      Call call, HistoryPages pages, byte[] begun, String cursor, OutputStream out)
      throws IOException {
    out.write(begun);
    String next = cursor;
    while (next != null) {
      HistoryPage page = page(call, pages, next);
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      writeRows(page, rows);
      rows.writeTo(out);
      next = page.answer().nextCursor();
    }
  }

  private HistoryPage page(Call call, HistoryPages pages, String cursor) {
    Optional<HistoryPage> page = answerer.historyPage(call, pages.after(cursor));
    return page.orElseThrow(() -> CreditEndpoints.unknown().exception());
  }

  private static void writeRows(HistoryPage page, ByteArrayOutputStream out) {
    for (HistoryRow row : page.answer().items()) {
      out.writeBytes(CsvRow.of(row));
    }
  }
}
