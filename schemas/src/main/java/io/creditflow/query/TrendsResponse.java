package io.creditflow.query;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDate;
import java.util.List;

/**
 * Usage over time ({@code GET .../credits/trends}).
 *
 * @param granularity {@code day} or {@code hour}
 * @param groupBy {@code none}, {@code campaign}, {@code kind} or {@code source}
 * @param timeZone the zone whose days these are; the old one while past days are being recounted
 * @param total credits over the whole range
 */
public record TrendsResponse(
    LocalDate from,
    LocalDate to,
    String granularity,
    String groupBy,
    String timeZone,
    long total,
    List<Series> series) {

  /**
   * One line of the chart.
   *
   * @param key {@code all}, a campaignId, a kind or a source; null for the rest
   * @param label what to show people for the key
   * @param rest whether these are all series that are not shown, summed
   */
  public record Series(String key, String label, boolean rest, long total, List<Point> points) {}

  /**
   * One bucket.
   *
   * @param start a day ({@code YYYY-MM-DD}) or, by the hour, an instant
   * @param remaining balance at the bucket's end (now, for the present one); only in the series
   *     {@code all}; null there for buckets that have not begun
   */
  @JsonSerialize(using = ItemSerializers.OfPoint.class)
  public record Point(
      String start, long credits, long leadsSourced, long phonesRevealed, Long remaining) {}
}
