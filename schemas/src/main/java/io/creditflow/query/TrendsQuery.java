package io.creditflow.query;

import java.time.LocalDate;

/**
 * What {@code GET .../credits/trends} asks for.
 *
 * @param from first day, included; null for the default (credit period up to today, else 30 days)
 * @param to last day, included; null for today
 * @param isWhole whether every series is wanted, none folded into the rest
 */
public record TrendsQuery(
    LocalDate from, LocalDate to, Granularity granularity, Grouping groupBy, boolean isWhole) {

  /** With small series folded. */
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
