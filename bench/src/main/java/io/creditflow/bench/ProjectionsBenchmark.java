package io.creditflow.bench;

import io.creditflow.projection.ActiveTime;
import io.creditflow.projection.CampaignPast;
import io.creditflow.projection.DailyCredits;
import io.creditflow.projection.DayRhythm;
import io.creditflow.projection.Projection;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Backtest of projected usage against the plain rule "used / elapsed share".
 *
 * <p>A campaign's course is min(30 days, half the series), one beginning at every midnight;
 * projections are made after 20, 40, 60 and 80 % of it. As in the product the campaign is older
 * than the course (a credit period of its life): what it used before the course is known, as long
 * as the product keeps it. The same is repeated for campaigns born with their course.
 */
final class ProjectionsBenchmark implements Benchmark {
  private static final Duration COURSE_MAX = Duration.ofDays(30);
  private static final int[] PERCENTS = {20, 40, 60, 80};
  private static final int HOURS_MAX = 50 * 24;

  @Override
  public String name() {
    return "projections";
  }

  @Override
  public String options() {
    return "--series DIR";
  }

  @Override
  public String about() {
    return "error of projected usage against used / elapsed share";
  }

  @Override
  public void run(Options options, PrintStream out) throws IOException {
    List<Series> all = Series.in(options.only("series").directory("series"));
    List<Outcome> running = new ArrayList<>();
    List<Outcome> newborn = new ArrayList<>();
    for (Series series : all) {
      running.addAll(outcomes(series, true));
      newborn.addAll(outcomes(series, false));
    }
    out.println("Campaigns that ran before the course, as the product knows them:");
    table(all, running, out);
    out.println();
    out.println("Campaigns born with the course:");
    table(all, newborn, out);
    out.println();
    Report.ratio(out, "projections/linear", error(running) / linear(running));
    Report.ratio(out, "projections/coverage", coverage(running));
    Report.ratio(out, "projections/worst-series-linear", worst(all, running));
    Report.ratio(out, "projections/newborn-linear", error(newborn) / linear(newborn));
    Report.ratio(out, "projections/newborn-coverage", coverage(newborn));
  }

  private static void table(List<Series> all, List<Outcome> outcomes, PrintStream out) {
    out.printf("%-34s %6s %8s %8s %8s %9s%n", "", "cases", "linear", "ours", "ratio", "coverage");
    for (Series series : all) {
      row(series.name(), outcomes.stream().filter(o -> o.series() == series).toList(), out);
    }
    for (int percent : PERCENTS) {
      row("after " + percent + " %", of(outcomes, percent), out);
    }
    row("pooled", outcomes, out);
  }

  private static List<Outcome> of(List<Outcome> outcomes, int percent) {
    return outcomes.stream().filter(o -> o.percent() == percent).toList();
  }

  private static void row(String name, List<Outcome> outcomes, PrintStream out) {
    if (!outcomes.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%-34s %6d %7.2f%% %7.2f%% %8.3f %8.1f%%%n",
          name,
          outcomes.size(),
          100 * linear(outcomes),
          100 * error(outcomes),
          error(outcomes) / linear(outcomes),
          100 * coverage(outcomes));
    }
  }

  private static double error(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::error).average().orElse(Double.NaN);
  }

  private static double linear(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::linearError).average().orElse(Double.NaN);
  }

  private static double coverage(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(o -> o.inside() ? 1 : 0).average().orElse(Double.NaN);
  }

  private static double worst(List<Series> all, List<Outcome> outcomes) {
    return all.stream()
        .map(series -> outcomes.stream().filter(o -> o.series() == series).toList())
        .filter(own -> !own.isEmpty())
        .mapToDouble(own -> error(own) / linear(own))
        .max()
        .orElse(Double.NaN);
  }

  /** What came of one projection; errors are shares of the course's actual usage. */
  private record Outcome(
      Series series, int percent, double error, double linearError, boolean inside) {}

  private static List<Outcome> outcomes(Series series, boolean pastKnown) {
    Duration half = Duration.between(series.start(), series.end()).dividedBy(2);
    Duration length = half.compareTo(COURSE_MAX) < 0 ? half : COURSE_MAX;
    Instant midnight = series.start().truncatedTo(ChronoUnit.DAYS);
    if (midnight.isBefore(series.start())) {
      midnight = midnight.plus(1, ChronoUnit.DAYS);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Instant start = midnight;
        !start.plus(length).isAfter(series.end());
        start = start.plus(1, ChronoUnit.DAYS)) {
      double actual = series.sum(start, start.plus(length));
      for (int percent : PERCENTS) {
        if (actual > 0) {
          Instant now = start.plus(length.multipliedBy(percent).dividedBy(100));
          Instant born = pastKnown ? series.start() : start;
          outcomes.add(outcome(series, percent, born, start, now, start.plus(length), actual));
        }
      }
    }
    return outcomes;
  }

  private static Outcome outcome(
      Series series,
      int percent,
      Instant born,
      Instant start,
      Instant now,
      Instant end,
      double actual) {
    double used = series.sum(start, now);
    double linear = used * 100 / percent;
    Projection projection = Projection.of(past(series, born, now, end));
    if (projection.usage() == null) { // too little to go by: no better than the plain rule
      double error = Math.abs(linear - actual) / actual;
      return new Outcome(series, percent, error, error, true);
    }
    double earlier = series.sum(born, start);
    return new Outcome(
        series,
        percent,
        Math.abs(projection.usage() - earlier - actual) / actual,
        Math.abs(linear - actual) / actual,
        projection.low() - earlier <= actual + 1 && actual <= projection.high() - earlier + 1);
  }

  private static CampaignPast past(Series series, Instant born, Instant now, Instant end) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate firstDay = LocalDate.ofInstant(born, ZoneOffset.UTC);
    LocalDate oldest = today.minusDays(Projection.DAYS_MAX - 1L);
    firstDay = firstDay.isBefore(oldest) ? oldest : firstDay;
    int days = (int) ChronoUnit.DAYS.between(firstDay, today) + 1;
    long[] daily = new long[days];
    for (int i = 0; i < days; i++) {
      Instant from = firstDay.plusDays(i).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant to = from.plus(1, ChronoUnit.DAYS);
      daily[i] =
          Math.round(series.sum(from.isBefore(born) ? born : from, to.isAfter(now) ? now : to));
    }
    return new CampaignPast(
        ZoneOffset.UTC,
        now,
        true,
        Math.round(series.sum(born, now)),
        null,
        end,
        null,
        DailyCredits.from(firstDay, daily),
        rhythm(series, born, now),
        ActiveTime.since(born));
  }

  private static DayRhythm rhythm(Series series, Instant born, Instant now) {
    Instant lastHour = now.truncatedTo(ChronoUnit.HOURS);
    Instant firstHour = born.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    int hours = (int) Math.min(HOURS_MAX, ChronoUnit.HOURS.between(firstHour, lastHour));
    Instant from = lastHour.minus(hours, ChronoUnit.HOURS);
    int hourOfDay = from.atZone(ZoneOffset.UTC).getHour();
    return DayRhythm.ofHours(series.sums(from, 3600, hours), hourOfDay);
  }
}
