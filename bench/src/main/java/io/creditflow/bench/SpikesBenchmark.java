package io.creditflow.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.alert.SpikeDetector;
import io.creditflow.alert.SpikeDetector.Change;
import io.creditflow.alert.SpikeDetector.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Feeds recorded series to the spike detector hour by hour, as a campaign's closed hours would be,
 * and compares its alarms with labelled windows.
 *
 * <p>A window is found if an alarm's hour lies in it. Windows that begin in the first 7 days are
 * not scored, nor are alarms in those days; an alarm outside all windows is false.
 */
final class SpikesBenchmark implements Benchmark {
  private static final double WEEK_HOURS = 7 * 24;

  @Override
  public String name() {
    return "spikes";
  }

  @Override
  public String options() {
    return "--series DIR";
  }

  @Override
  public String about() {
    return "labelled windows found by the spike detector, and its false alarms";
  }

  @Override
  public void run(Options options, PrintStream out) throws IOException {
    Path directory = options.only("series").directory("series");
    Path labels = directory.resolve("anomaly_windows.json");
    if (!Files.isRegularFile(labels)) {
      throw new Options.WrongOptionException("--series: " + labels + " is missing");
    }
    JsonNode windows = new ObjectMapper().readTree(labels.toFile());
    List<Score> scores = new ArrayList<>();
    out.printf("%-34s %8s %6s %6s %12s%n", "series", "windows", "found", "false", "false/week");
    for (Series series : Series.in(directory)) {
      Score score = score(series, windows(windows.path(series.name())));
      scores.add(score);
      row(series.name(), score, out);
    }
    Score all =
        new Score(
            scores.stream().mapToInt(Score::windows).sum(),
            scores.stream().mapToInt(Score::found).sum(),
            scores.stream().mapToInt(Score::falseAlarms).sum(),
            scores.stream().mapToDouble(Score::weeks).sum());
    row("all", all, out);
    out.println();
    Report.ratio(out, "spikes/found", all.found() / (double) all.windows());
    Report.ratio(out, "spikes/false-per-series-week", all.falsePerWeek());
    Report.ratio(
        out,
        "spikes/false-per-week-worst-series",
        scores.stream().mapToDouble(Score::falsePerWeek).max().orElse(Double.NaN));
  }

  private static void row(String name, Score score, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-34s %8d %6d %6d %12.2f%n",
        name,
        score.windows(),
        score.found(),
        score.falseAlarms(),
        score.falsePerWeek());
  }

  private record Score(int windows, int found, int falseAlarms, double weeks) {
    double falsePerWeek() {
      return weeks > 0 ? falseAlarms / weeks : 0;
    }
  }

  private record Window(Instant from, Instant to) {
    /** True if the hour overlaps the window. */
    boolean holds(Instant hour) {
      return hour.plus(1, ChronoUnit.HOURS).isAfter(from) && !hour.isAfter(to);
    }
  }

  private static List<Window> windows(JsonNode pairs) {
    List<Window> windows = new ArrayList<>();
    for (JsonNode pair : pairs) {
      windows.add(new Window(instant(pair.get(0)), instant(pair.get(1))));
    }
    return windows;
  }

  private static Instant instant(JsonNode timestamp) {
    return Instant.ofEpochSecond(Series.seconds(timestamp.asText()));
  }

  private static Score score(Series series, List<Window> windows) {
    Instant scoredFrom = series.start().plus(7, ChronoUnit.DAYS);
    List<Instant> alarms =
        alarms(series).stream().filter(alarm -> !alarm.isBefore(scoredFrom)).toList();
    List<Window> scored =
        windows.stream().filter(window -> !window.from().isBefore(scoredFrom)).toList();
    int found =
        (int) scored.stream().filter(window -> alarms.stream().anyMatch(window::holds)).count();
    int falseAlarms =
        (int)
            alarms.stream()
                .filter(alarm -> windows.stream().noneMatch(window -> window.holds(alarm)))
                .count();
    double weeks = ChronoUnit.HOURS.between(scoredFrom, series.end()) / WEEK_HOURS;
    return new Score(scored.size(), found, falseAlarms, weeks);
  }

  /** Hours in which an alarm was raised, each at the hour's end. */
  private static List<Instant> alarms(Series series) {
    Instant firstHour = series.start().truncatedTo(ChronoUnit.HOURS);
    Instant lastHour = series.end().truncatedTo(ChronoUnit.HOURS);
    long[] hours =
        series.sums(firstHour, 3600, (int) ChronoUnit.HOURS.between(firstHour, lastHour));
    List<Instant> alarms = new ArrayList<>();
    boolean open = false;
    for (int i = 0; i < hours.length; i++) {
      long[] known = Arrays.copyOfRange(hours, Math.max(0, i - SpikeDetector.HOURS_MAX), i + 1);
      Instant hour = firstHour.plus(i, ChronoUnit.HOURS);
      Verdict verdict = SpikeDetector.judge(known, hour.getEpochSecond() / 3600, true, open);
      if (verdict.change() == Change.STARTED) {
        alarms.add(hour);
        open = true;
      } else if (verdict.change() == Change.RECOVERED) {
        open = false;
      }
    }
    return alarms;
  }
}
