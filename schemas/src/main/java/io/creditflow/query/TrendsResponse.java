package io.creditflow.query;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDate;
import java.util.List;

/**
 * Usage over time ({@code GET .../credits/trends}).
 *
 * @param from the first day
 * @param to the last day, inclusive
 * @param granularity {@code day} or {@code hour}
 * @param groupBy {@code none}, {@code campaign}, {@code kind} or {@code source}
 * @param timeZone the zone that defines the days. During a recount of days after a change of zone,
 *     this is the old zone
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
   * @param key {@code all}, a campaignId, a kind or a source; null for the series {@code rest}
   * @param label the display name of the key
   * @param rest whether this is the sum of the series beyond the largest 20
   */
  public record Series(String key, String label, boolean rest, long total, List<Point> points) {}

  /**
   * One bucket: a day or an hour.
   *
   * @param start the day ({@code YYYY-MM-DD}), or the start of the hour as an instant
   * @param remaining remaining credits at the bucket's end, or now for the current bucket; null in
   *     all series but {@code all}, and in buckets that have not begun
   */
  @JsonSerialize(using = ItemSerializers.OfPoint.class)
  public record Point(
      String start, long credits, long leadsSourced, long phonesRevealed, Long remaining) {}
}
