package io.creditflow.query;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDate;
import java.util.List;

/**
 * Usage over time ({@code GET .../credits/trends}).
 *
 * @param granularity {@code day} or {@code hour}
 * @param groupBy {@code none}, {@code campaign}, {@code kind} or {@code source}
 * @param timeZone the zone that defines the days; while past days are recounted after a change of
 *     zone, still the old one
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
   * @param rest whether this is the sum of all series that are not shown
   */
  public record Series(String key, String label, boolean rest, long total, List<Point> points) {}

  /**
   * One bucket: a day or an hour.
   *
   * @param start the day ({@code YYYY-MM-DD}), or the start of the hour as an instant
   * @param remaining the balance at the bucket's end, or now for the current bucket. Only the
   *     series {@code all} has it; null for buckets that have not begun
   */
  @JsonSerialize(using = ItemSerializers.OfPoint.class)
  public record Point(
      String start, long credits, long leadsSourced, long phonesRevealed, Long remaining) {}
}
