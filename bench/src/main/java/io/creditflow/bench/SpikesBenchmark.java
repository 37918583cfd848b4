package io.creditflow.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.alert.SpikeRule;
import io.creditflow.api.commandline.CommandException;
import io.creditflow.bench.GeneratedCampaign.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Passes recorded series to the spike detector hour by hour, like the complete hours of a campaign,
 * and compares its alarms with labelled windows.
 *
 * <p>A window is found if an alarm's hour overlaps it. Windows that begin in the first 7 days and
 * alarms in those days are not scored. An alarm outside all windows is false.
 *
 * <p>Each series is also scored with constants that are chosen without it (leave-one-out). The
 * candidates are the rule's own constants and their neighbours. Those are chosen that find the most
 * windows in the other series, keep false alarms within the limits and raise no alarm in campaigns
 * with regular shapes.
 */
@Command(
    name = "spikes",
    header = "labelled windows found by the spike detector, and its false alarms")
final class SpikesBenchmark extends Benchmark {
  private static final double WEEK_HOURS = 7 * 24;
  private static final double FALSE_PER_WEEK_MAX_OVERALL = 1;
  private static final double FALSE_PER_WEEK_MAX_PER_SERIES = 2;

  private static final Set<Shape> REGULAR =
      EnumSet.of(Shape.STEADY, Shape.WEEKDAYS, Shape.WEEKLY_IMPORT, Shape.RAMP_UP, Shape.RAMP_DOWN);

  @Option(
      names = "--series",
      paramLabel = "DIR",
      required = true,
      description =
          "directory of recorded series, CSV files of timestamp,value with anomaly_windows.json")
  private Path directory;

  @Override
  protected void measure(ResultsPage page) throws IOException {
    Path labels = directory.resolve("anomaly_windows.json");
    if (!Files.isRegularFile(labels)) {
      throw new CommandException("--series: " + labels + " is missing");
    }
    JsonNode windows = new ObjectMapper().readTree(labels.toFile());
    List<LabelledSeries> all = new ArrayList<>();
    for (RecordedSeries series : RecordedSeries.in(directory)) {
      all.add(new LabelledSeries(series, parseWindows(windows.path(series.name()))));
    }
    Map<SpikeRule, Map<Shape, Integer>> alarmsByRule = new LinkedHashMap<>();
    for (SpikeRule rule : neighbours()) {
      alarmsByRule.put(rule, alarmsByShape(rule));
    }
    page.line("With the product's constants:");
    report("spikes/", all, one -> SpikeRule.STANDARD, page);
    page.line("");
    page.line("Each series with the constants that were chosen on the other series:");
    report("spikes/left-out-", all, one -> chooseWithout(all, one, alarmsByRule), page);
    page.line("");
    page.line("The constants tried (found, false per series and week, alarms in regular shapes):");
    alarmsByRule.forEach(
        (rule, alarms) -> {
          Score sum = sum(all.stream().map(one -> score(rule, one)).toList());
          page.line(
              "%d %.2f %d %s",
              sum.found(), sum.falsePerWeek(), REGULAR.stream().mapToInt(alarms::get).sum(), rule);
        });
    page.line("");
    page.line("Alarms in a hundred generated campaigns of each shape, 60 days each:");
    alarmsByRule.get(SpikeRule.STANDARD).forEach((shape, n) -> page.line("%-34s %8d", shape, n));
    page.figure(
        "spikes/alarms-in-regular-shapes",
        REGULAR.stream().mapToInt(alarmsByRule.get(SpikeRule.STANDARD)::get).sum());
  }

  private record LabelledSeries(RecordedSeries series, List<Window> windows) {}

  private static void report(
      String prefix,
      List<LabelledSeries> all,
      Function<LabelledSeries, SpikeRule> ruleOf,
      ResultsPage page) {
    page.line("%-34s %8s %6s %6s %12s", "series", "windows", "found", "false", "false/week");
    List<Score> scores = new ArrayList<>();
    for (LabelledSeries one : all) {
      SpikeRule rule = ruleOf.apply(one);
      scores.add(score(rule, one));
      printRow(one.series().name(), scores.get(scores.size() - 1), page);
      if (!rule.equals(SpikeRule.STANDARD)) {
        page.line("  with %s", rule);
      }
    }
    Score sum = sum(scores);
    printRow("all", sum, page);
    page.ratio(prefix + "found", sum.found() / (double) sum.windows());
    page.figure(prefix + "false-per-series-week", sum.falsePerWeek());
    page.figure(prefix + "false-per-week-worst-series", highestFalsePerWeek(scores));
  }

  private static Score sum(List<Score> scores) {
    return new Score(
        scores.stream().mapToInt(Score::windows).sum(),
        scores.stream().mapToInt(Score::found).sum(),
        scores.stream().mapToInt(Score::falseAlarms).sum(),
        scores.stream().mapToDouble(Score::weeks).sum());
  }

  private static double highestFalsePerWeek(List<Score> scores) {
    return scores.stream().mapToDouble(Score::falsePerWeek).max().orElse(Double.NaN);
  }

  /** The product's constants and their neighbours. */
  private static List<SpikeRule> neighbours() {
    SpikeRule own = SpikeRule.STANDARD;
    List<SpikeRule> rules = new ArrayList<>(List.of(own));
    for (double deviationsOffset : new double[] {-0.5, 0, 0.5}) {
      for (double deviationMinOffset : new double[] {-0.25, 0, 0.25}) {
        rules.add(
            new SpikeRule(
                own.deviations() + deviationsOffset, own.deviationMin() + deviationMinOffset));
      }
    }
    return rules.stream().distinct().toList();
  }

  private static SpikeRule chooseWithout(
      List<LabelledSeries> all,
      LabelledSeries leftOut,
      Map<SpikeRule, Map<Shape, Integer>> alarmsByRule) {
    SpikeRule best = SpikeRule.STANDARD;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (SpikeRule rule : alarmsByRule.keySet()) {
      List<Score> others =
          all.stream().filter(one -> !one.equals(leftOut)).map(one -> score(rule, one)).toList();
      Score sum = sum(others);
      boolean isAcceptable =
          sum.falsePerWeek() <= FALSE_PER_WEEK_MAX_OVERALL
              && highestFalsePerWeek(others) <= FALSE_PER_WEEK_MAX_PER_SERIES
              && REGULAR.stream().mapToInt(alarmsByRule.get(rule)::get).sum() == 0;
      // The subtracted part is at most 0.5: it only decides between candidates that find equally
      // many windows. Of these, the one with the fewest false alarms wins.
      double value = sum.found() - sum.falsePerWeek() / (2 * FALSE_PER_WEEK_MAX_OVERALL);
      if (isAcceptable && value > bestValue) {
        best = rule;
        bestValue = value;
      }
    }
    return best;
  }

  private static Map<Shape, Integer> alarmsByShape(SpikeRule rule) {
    Map<Shape, Integer> alarms = new EnumMap<>(Shape.class);
    for (GeneratedCampaign campaign : GeneratedCampaign.all()) {
      alarms.merge(campaign.shape(), alarms(rule, campaign.series()).size(), Integer::sum);
    }
    return alarms;
  }

  private static void printRow(String name, Score score, ResultsPage page) {
    page.line(
        "%-34s %8d %6d %6d %12.2f",
        name, score.windows(), score.found(), score.falseAlarms(), score.falsePerWeek());
  }

  private record Score(int windows, int found, int falseAlarms, double weeks) {
    double falsePerWeek() {
      return weeks > 0 ? falseAlarms / weeks : 0;
    }
  }

  private record Window(Instant from, Instant to) {
    /** Whether the hour overlaps the window. */
    boolean overlaps(Instant hour) {
      return hour.plus(1, ChronoUnit.HOURS).isAfter(from) && !hour.isAfter(to);
    }
  }

  private static List<Window> parseWindows(JsonNode pairs) {
    List<Window> windows = new ArrayList<>();
    for (JsonNode pair : pairs) {
      windows.add(new Window(instant(pair.get(0)), instant(pair.get(1))));
    }
    return windows;
  }

  private static Instant instant(JsonNode timestamp) {
    return Instant.ofEpochSecond(RecordedSeries.seconds(timestamp.asText()));
  }

  private static Score score(SpikeRule rule, LabelledSeries labelled) {
    RecordedSeries series = labelled.series();
    List<Window> windows = labelled.windows();
    Instant scoredFrom = series.start().plus(7, ChronoUnit.DAYS);
    List<Instant> alarms =
        alarms(rule, series).stream().filter(alarm -> !alarm.isBefore(scoredFrom)).toList();
    List<Window> scored =
        windows.stream().filter(window -> !window.from().isBefore(scoredFrom)).toList();
    int found =
        (int) scored.stream().filter(window -> alarms.stream().anyMatch(window::overlaps)).count();
    int falseAlarms =
        (int)
            alarms.stream()
                .filter(alarm -> windows.stream().noneMatch(window -> window.overlaps(alarm)))
                .count();
    double weeks = ChronoUnit.HOURS.between(scoredFrom, series.end()) / WEEK_HOURS;
    return new Score(scored.size(), found, falseAlarms, weeks);
  }

  /** The hours in which the rule raises an alarm. */
  private static List<Instant> alarms(SpikeRule rule, RecordedSeries series) {
    Instant firstHour = series.start().truncatedTo(ChronoUnit.HOURS);
    Instant lastHour = series.end().truncatedTo(ChronoUnit.HOURS);
    long[] creditsByHour =
        series.sums(firstHour, 3600, (int) ChronoUnit.HOURS.between(firstHour, lastHour));
    LongUnaryOperator creditsAt = hour -> hour < 0 ? -1 : creditsByHour[(int) hour];
    List<Instant> alarms = new ArrayList<>();
    long lastAtLimit = -SpikeRule.CALM_HOURS - 1;
    for (int i = 0; i < creditsByHour.length; i++) {
      if (rule.reachesLimit(creditsAt, i)) {
        if (i > lastAtLimit + SpikeRule.CALM_HOURS) {
          alarms.add(firstHour.plus(i, ChronoUnit.HOURS));
        }
        lastAtLimit = i;
      }
    }
    return alarms;
  }
}
