package io.creditflow.api.credit;

import io.creditflow.answer.HistoryRow;
import java.nio.charset.StandardCharsets;

/**
 * A history row as a CSV line (RFC 4180). Text that a spreadsheet would take for a formula gets an
 * apostrophe in front; numbers are left alone.
 */
final class CsvRow {
  static final byte[] HEAD =
      ("id,kind,occurredAt,campaignId,campaignName,leadId,grantId,credits,balanceAfter,"
              + "overageAfter,reversed,reversedCredits,reversedEventId,reason\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final StringBuilder line = new StringBuilder(200);

  static byte[] of(HistoryRow row) {
    return new CsvRow()
        .text(row.id())
        .plain(row.kind())
        .plain(row.occurredAt())
        .text(row.campaignId())
        .text(row.campaignName())
        .text(row.leadId())
        .text(row.grantId())
        .plain(row.credits())
        .plain(row.balanceAfter())
        .plain(row.overageAfter())
        .plain(row.reversed())
        .plain(row.reversedCredits())
        .text(row.reversedEventId())
        .text(row.reason())
        .bytes();
  }

  private CsvRow plain(Object value) {
    line.append(value == null ? "" : value).append(',');
    return this;
  }

  private CsvRow text(String value) {
    if (value != null && !value.isEmpty()) {
      boolean isFormula = "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
      boolean isQuoted = isFormula || value.chars().anyMatch(c -> c < ' ' || c == '"' || c == ',');
      if (isQuoted) {
        line.append('"').append(isFormula ? "'" : "");
        line.append(value.replace("\"", "\"\"")).append('"');
      } else {
        line.append(value);
      }
    }
    line.append(',');
    return this;
  }

  private byte[] bytes() {
    line.setLength(line.length() - 1);
    return line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
