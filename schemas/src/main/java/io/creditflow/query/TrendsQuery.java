package io.creditflow.query;

import java.time.LocalDate;

/**
 * The parameters of {@code GET .../credits/trends}.
 *
 * @param from first day, included; null for the start of the credit period, or 30 days back if
 *     there is none
 * @param to last day, included; null for today
 * @param isWhole true for every series; false to sum small ones into the series {@code rest}
 */
public record TrendsQuery(
    LocalDate from, LocalDate to, Granularity granularity, Grouping groupBy, boolean isWhole) {

  /** A query that sums small series into {@code rest}. */
  public TrendsQuery(LocalDate from, LocalDate to, Granularity granularity, Grouping groupBy) {
    this(from, to, granularity, groupBy, false);
  }

  public enum Granularity {
    DAY,
    HOUR
  }

  public enum Grouping {
    NONE,
    CAMPAIGN,
    KIND,
    SOURCE
  }
}
