package io.creditflow.bench;

import io.creditflow.projection.ActivePeriods;
import io.creditflow.projection.BurnRate;
import io.creditflow.projection.CampaignProjection;
import io.creditflow.projection.CampaignUsageHistory;
import io.creditflow.projection.DailyHistory;
import io.creditflow.workspace.WorkspaceDays;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Backtest of projected usage against the linear rule "used / elapsed share of time".
 *
 * <p>A test period lasts min(30 days, half the series), and one begins at every midnight.
 * Projections are made after 20, 40, 60 and 80 % of it. As in the product, the campaign is older
 * than the period, so its earlier usage is known for as long as the product stores it. The test is
 * repeated for campaigns that start with the period (newborn).
 *
 * <p>Each series is also projected with constants that are chosen without it (leave-one-out). The
 * candidates are the product's own constants and their neighbours. Those with the smallest error on
 * the other series are chosen, provided that no other series and no generated shape exceeds its
 * limit.
 */
@Command(name = "projections", header = "error of projected usage against used / elapsed share")
final class ProjectionsBenchmark extends Benchmark {
  private static final Duration PERIOD_MAX = Duration.ofDays(30);
  private static final int[] PERCENTS = {20, 40, 60, 80};
  private static final double SERIES_MAX = 1;
  private static final double NEWBORN_SERIES_MAX = 1.08;
  private static final double SHAPE_MAX = 1.05;

  @Option(
      names = "--series",
      paramLabel = "DIR",
      required = true,
      description = "directory of recorded series, CSV files of timestamp,value")
  private Path directory;

  @Override
  protected void measure(ResultsPage page) throws IOException {
    List<RecordedSeries> all = RecordedSeries.in(directory);
    Map<BurnRate.Settings, Trial> tried = new LinkedHashMap<>();
    for (BurnRate.Settings settings : neighbours()) {
      tried.put(settings, new Trial(all, settings));
    }
    Trial own = tried.get(BurnRate.Settings.STANDARD);
    report("projections/", own.running, own.newborn, page);
    Map<String, List<Outcome>> running = new LinkedHashMap<>();
    Map<String, List<Outcome>> newborn = new LinkedHashMap<>();
    page.line("");
    page.line("Each series with the constants chosen on the others.");
    for (RecordedSeries series : all) {
      BurnRate.Settings chosen = chosen(tried, series.name());
      if (!chosen.equals(BurnRate.Settings.STANDARD)) {
        page.line("%s with %s", series.name(), chosen);
      }
      running.put(series.name(), tried.get(chosen).running.get(series.name()));
      newborn.put(series.name(), tried.get(chosen).newborn.get(series.name()));
    }
    report("projections/left-out-", running, newborn, page);
    page.line("");
    page.line("The constants tried (ratio with the past known, newborn, of the worst shape):");
    tried.forEach(
        (settings, came) ->
            page.line(
                "%.3f %.3f %.3f %s",
                ratio(pooled(came.running)),
                ratio(pooled(came.newborn)),
                worst(came.shapes),
                settings));
    page.line("");
    page.line("A thousand generated campaigns, the second half of their 60 days:");
    table(own.shapes, page);
    page.line("Worst: %s", worstOf(own.shapes));
    page.ratio("projections/worst-shape-linear", worst(own.shapes));
  }

  private static void report(
      String prefix,
      Map<String, List<Outcome>> running,
      Map<String, List<Outcome>> newborn,
      ResultsPage page) {
    page.line("Campaigns that ran before the course, as the product knows them:");
    table(running, page);
    page.line("Campaigns born with the course:");
    table(newborn, page);
    page.ratio(prefix + "linear", ratio(pooled(running)));
    page.ratio(prefix + "coverage", coverage(pooled(running)));
    page.ratio(prefix + "worst-series-linear", worst(running));
    page.ratio(prefix + "newborn-linear", ratio(pooled(newborn)));
    page.ratio(prefix + "newborn-coverage", coverage(pooled(newborn)));
    page.ratio(prefix + "newborn-worst-series-linear", worst(newborn));
  }

  private static void table(Map<String, List<Outcome>> outcomes, ResultsPage page) {
    page.line("%-34s %6s %8s %8s %8s %9s", "", "cases", "linear", "ours", "ratio", "coverage");
    outcomes.forEach((name, own) -> row(name, own, page));
    for (int percent : PERCENTS) {
      List<Outcome> after = pooled(outcomes).stream().filter(o -> o.percent() == percent).toList();
      row("after " + percent + " %", after, page);
    }
    row("pooled", pooled(outcomes), page);
  }

  private static void row(String name, List<Outcome> outcomes, ResultsPage page) {
    page.line(
        "%-34s %6d %7.2f%% %7.2f%% %8.3f %8.1f%%",
        name,
        outcomes.size(),
        100 * linear(outcomes),
        100 * error(outcomes),
        ratio(outcomes),
        100 * coverage(outcomes));
  }

  private static List<Outcome> pooled(Map<String, List<Outcome>> outcomes) {
    return outcomes.values().stream().flatMap(List::stream).toList();
  }

  private static double error(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::error).average().orElse(Double.NaN);
  }

  private static double linear(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::linearError).average().orElse(Double.NaN);
  }

  private static double ratio(List<Outcome> outcomes) {
    return error(outcomes) / linear(outcomes);
  }

  private static double coverage(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(o -> o.inside() ? 1 : 0).average().orElse(Double.NaN);
  }

  private static double worst(Map<String, List<Outcome>> outcomes) {
    return outcomes.values().stream().mapToDouble(own -> ratio(own)).max().orElse(Double.NaN);
  }

  private static String worstOf(Map<String, List<Outcome>> outcomes) {
    return outcomes.entrySet().stream()
        .filter(own -> ratio(own.getValue()) == worst(outcomes))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  /**
   * The product's constants, and variants in which one constant is a quarter smaller or a third
   * larger.
   */
  private static List<BurnRate.Settings> neighbours() {
    BurnRate.Settings own = BurnRate.Settings.STANDARD;
    List<BurnRate.Settings> all = new ArrayList<>(List.of(own));
    for (double times : new double[] {0.75, 4 / 3.0}) {
      double[] one = {1, 1, 1, 1, 1};
      for (int i = 0; i < one.length; i++) {
        one[i] = times;
        all.add(
            new BurnRate.Settings(
                one[0] * own.longHalfLife(),
                one[1] * own.shortHalfLife(),
                one[2] * own.trust(),
                one[3] * own.evenDays(),
                one[4] * own.burst()));
        one[i] = 1;
      }
    }
    return all;
  }

  private static BurnRate.Settings chosen(Map<BurnRate.Settings, Trial> tried, String leftOut) {
    BurnRate.Settings best = BurnRate.Settings.STANDARD;
    double bestValue = Double.POSITIVE_INFINITY;
    for (Map.Entry<BurnRate.Settings, Trial> entry : tried.entrySet()) {
      Map<String, List<Outcome>> running = without(entry.getValue().running, leftOut);
      Map<String, List<Outcome>> newborn = without(entry.getValue().newborn, leftOut);
      boolean isAcceptable =
          worst(running) <= SERIES_MAX
              && worst(newborn) <= NEWBORN_SERIES_MAX
              && worst(entry.getValue().shapes) <= SHAPE_MAX;
      double value = ratio(pooled(running)) + ratio(pooled(newborn));
      if (isAcceptable && value < bestValue) {
        best = entry.getKey();
        bestValue = value;
      }
    }
    return best;
  }

  private static Map<String, List<Outcome>> without(
      Map<String, List<Outcome>> outcomes, String leftOut) {
    Map<String, List<Outcome>> others = new LinkedHashMap<>(outcomes);
    others.remove(leftOut);
    return others;
  }

  /**
   * The outcomes of one set of constants: by series, with and without a known past, and by
   * generated shape.
   */
  private static final class Trial {
    private final Map<String, List<Outcome>> running = new LinkedHashMap<>();
    private final Map<String, List<Outcome>> newborn = new LinkedHashMap<>();
    private final Map<String, List<Outcome>> shapes = new LinkedHashMap<>();

    Trial(List<RecordedSeries> all, BurnRate.Settings settings) {
      for (RecordedSeries series : all) {
        ActivePeriods always = ActivePeriods.since(series.start());
        running.put(series.name(), courses(series, always, true, settings));
        newborn.put(series.name(), courses(series, always, false, settings));
      }
      for (GeneratedCampaign campaign : GeneratedCampaign.all()) {
        for (boolean pastKnown : new boolean[] {true, false}) {
          String name = campaign.shape() + (pastKnown ? "" : ", newborn");
          Instant start = campaign.series().start().plus(PERIOD_MAX);
          shapes
              .computeIfAbsent(name, shape -> new ArrayList<>())
              .addAll(
                  outcomes(
                      campaign.series(),
                      campaign.active(),
                      pastKnown,
                      start,
                      PERIOD_MAX,
                      settings));
        }
      }
    }
  }

  /**
   * The outcome of one projection. Errors are shares of the period's actual usage; {@code inside}
   * says whether the 80 % interval contains the actual usage.
   */
  private record Outcome(int percent, double error, double linearError, boolean inside) {}

  private static List<Outcome> courses(
      RecordedSeries series, ActivePeriods active, boolean pastKnown, BurnRate.Settings settings) {
    Duration half = Duration.between(series.start(), series.end()).dividedBy(2);
    Duration length = half.compareTo(PERIOD_MAX) < 0 ? half : PERIOD_MAX;
    Instant midnight = series.start().truncatedTo(ChronoUnit.DAYS);
    if (midnight.isBefore(series.start())) {
      midnight = midnight.plus(1, ChronoUnit.DAYS);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Instant start = midnight;
        !start.plus(length).isAfter(series.end());
        start = start.plus(1, ChronoUnit.DAYS)) {
      outcomes.addAll(outcomes(series, active, pastKnown, start, length, settings));
    }
    return outcomes;
  }

  private static List<Outcome> outcomes(
      RecordedSeries series,
      ActivePeriods active,
      boolean pastKnown,
      Instant start,
      Duration length,
      BurnRate.Settings settings) {
    Instant end = start.plus(length);
    double actual = series.sum(start, end);
    List<Outcome> outcomes = new ArrayList<>();
    for (int percent : PERCENTS) {
      Instant now = start.plus(length.multipliedBy(percent).dividedBy(100));
      boolean isActive =
          active.spans().stream()
              .anyMatch(span -> !now.isBefore(span.from()) && now.isBefore(span.to()));
      if (actual > 0 && isActive) {
        Instant born = pastKnown ? series.start() : start;
        CampaignProjection projection =
            CampaignProjection.of(campaign(series, active, born, now, end), settings);
        double linear = series.sum(start, now) * 100 / percent;
        double linearError = Math.abs(linear - actual) / actual;
        double earlier = series.sum(born, start);
        outcomes.add(
            projection.usage() == null // no projection: scored like the linear rule
                ? new Outcome(percent, linearError, linearError, true)
                : new Outcome(
                    percent,
                    Math.abs(projection.usage() - earlier - actual) / actual,
                    linearError,
                    projection.low() - earlier <= actual + 1
                        && actual <= projection.high() - earlier + 1));
      }
    }
    return outcomes;
  }

  private static CampaignUsageHistory campaign(
      RecordedSeries series, ActivePeriods active, Instant born, Instant now, Instant end) {
    WorkspaceDays days = new WorkspaceDays(ZoneOffset.UTC);
    LocalDate today = days.of(now.toEpochMilli());
    LocalDate oldest = today.minusDays(DailyHistory.DAYS_MAX - 1L);
    LocalDate bornOn = days.of(born.toEpochMilli());
    LocalDate firstDay = bornOn.isBefore(oldest) ? oldest : bornOn;
    long[] daily = new long[(int) ChronoUnit.DAYS.between(firstDay, today) + 1];
    for (int i = 0; i < daily.length; i++) {
      Instant from = firstDay.plusDays(i).atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant to = from.plus(1, ChronoUnit.DAYS);
      daily[i] =
          Math.round(series.sum(from.isBefore(born) ? born : from, to.isAfter(now) ? now : to));
    }
    List<ActivePeriods.Span> sinceBirth =
        active.spans().stream()
            .filter(span -> span.to().isAfter(born))
            .map(
                span ->
                    new ActivePeriods.Span(
                        span.from().isBefore(born) ? born : span.from(), span.to()))
            .toList();
    return new CampaignUsageHistory(
        days,
        now,
        true,
        Math.round(series.sum(born, now)),
        null,
        end,
        null,
        DailyHistory.of(days, new ActivePeriods(sinceBirth), now, daily));
  }
}
