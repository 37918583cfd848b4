package io.creditflow.answer;

import java.time.LocalDate;

/**
 * What {@code GET .../credits/trends} asks for.
 *
 * @param from first day, included; null for the default (credit period up to today, else 30 days)
 * @param to last day, included; null for today
 */
public record TrendsQuery(LocalDate from, LocalDate to, Granularity granularity, Grouping groupBy) {

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
