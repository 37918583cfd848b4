package io.creditflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.creditflow.query.TrendsResponse.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes the items that long responses consist of, field by field. With Jackson's reflection,
 * writing these items took as long as computing the response.
 */
final class ItemSerializers {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final byte[] TO_SECONDS =
      "0000-00-00T00:00:00Z".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TO_MILLIS =
      "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);

  private ItemSerializers() {}

  /** Writes the fields of {@link Point} in the order of their declaration. */
  static final class OfPoint extends JsonSerializer<Point> {
    private static final SerializedString START = new SerializedString("start");
    private static final SerializedString CREDITS = new SerializedString("credits");
    private static final SerializedString LEADS = new SerializedString("leadsSourced");
    private static final SerializedString PHONES = new SerializedString("phonesRevealed");
    private static final SerializedString REMAINING = new SerializedString("remaining");

    @Override
    public void serialize(Point point, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      text(json, START, point.start());
      number(json, CREDITS, point.credits());
      number(json, LEADS, point.leadsSourced());
      number(json, PHONES, point.phonesRevealed());
      number(json, REMAINING, point.remaining());
      json.writeEndObject();
    }
  }

  /** Writes the fields of {@link HistoryRow} in the order of their declaration. */
  static final class OfHistoryRow extends JsonSerializer<HistoryRow> {
    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString KIND = new SerializedString("kind");
    private static final SerializedString OCCURRED_AT = new SerializedString("occurredAt");
    private static final SerializedString CAMPAIGN_ID = new SerializedString("campaignId");
    private static final SerializedString CAMPAIGN_NAME = new SerializedString("campaignName");
    private static final SerializedString LEAD_ID = new SerializedString("leadId");
    private static final SerializedString GRANT_ID = new SerializedString("grantId");
    private static final SerializedString CREDITS = new SerializedString("credits");
    private static final SerializedString BALANCE_AFTER = new SerializedString("balanceAfter");
    private static final SerializedString OVERAGE_AFTER = new SerializedString("overageAfter");
    private static final SerializedString REVERSED = new SerializedString("reversed");
    private static final SerializedString REVERSED_CREDITS =
        new SerializedString("reversedCredits");
    private static final SerializedString REVERSED_EVENT_ID =
        new SerializedString("reversedEventId");
    private static final SerializedString REASON = new SerializedString("reason");

    @Override
    public void serialize(HistoryRow row, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      text(json, ID, row.id());
      text(json, KIND, row.kind().name());
      text(json, OCCURRED_AT, text(row.occurredAt()));
      text(json, CAMPAIGN_ID, row.campaignId());
      text(json, CAMPAIGN_NAME, row.campaignName());
      text(json, LEAD_ID, row.leadId());
      text(json, GRANT_ID, row.grantId());
      number(json, CREDITS, row.credits());
      number(json, BALANCE_AFTER, row.balanceAfter());
      number(json, OVERAGE_AFTER, row.overageAfter());
      json.writeFieldName(REVERSED);
      json.writeBoolean(row.reversed());
      number(json, REVERSED_CREDITS, row.reversedCredits());
      text(json, REVERSED_EVENT_ID, row.reversedEventId());
      text(json, REASON, row.reason());
      json.writeEndObject();
    }
  }

  private static void text(JsonGenerator json, SerializedString name, String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value); // writes JSON null for null
  }

  private static void number(JsonGenerator json, SerializedString name, long value)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(value);
  }

  private static void number(JsonGenerator json, SerializedString name, Long value)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /**
   * As {@link Instant#toString}, but faster for instants of whole milliseconds in the years 0 to
   * 9999.
   */
  static String text(Instant instant) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    int millis = instant.getNano() / NANOS_PER_MILLI;
    if (utc.getYear() < 0 || utc.getYear() > 9999 || instant.getNano() % NANOS_PER_MILLI != 0) {
      return instant.toString();
    }
    byte[] text = (millis == 0 ? TO_SECONDS : TO_MILLIS).clone();
    digits(text, 0, 4, utc.getYear());
    digits(text, 5, 2, utc.getMonthValue());
    digits(text, 8, 2, utc.getDayOfMonth());
    digits(text, 11, 2, utc.getHour());
    digits(text, 14, 2, utc.getMinute());
    digits(text, 17, 2, utc.getSecond());
    if (millis != 0) {
      digits(text, 20, 3, millis);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int from, int count, int value) {
    int left = value;
    for (int at = from + count - 1; at >= from; at--) {
      text[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
