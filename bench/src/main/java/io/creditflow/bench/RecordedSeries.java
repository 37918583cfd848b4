package io.creditflow.bench;

import io.creditflow.api.commandline.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded series of counts from CSV lines {@code timestamp,value}. Timestamps have no zone and
 * are read as UTC. Each value is the count from its timestamp to the next one.
 */
final class RecordedSeries {
  private final String name;
  private final long[] seconds;

  /** Prefix sums: element i is the sum of the first i values. */
  private final double[] before;

  private RecordedSeries(String name, long[] seconds, double[] before) {
    this.name = name;
    this.seconds = seconds;
    this.before = before;
  }

  /** Reads all {@code *.csv} files of a directory, sorted by name. */
  static List<RecordedSeries> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new CommandException("--series: " + directory + " is not a directory");
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new CommandException("--series: no .csv files in " + directory);
    }
    List<RecordedSeries> all = new ArrayList<>();
    for (Path file : files) {
      all.add(read(file));
    }
    return all;
  }

  private static RecordedSeries read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int count = 0;
    long[] seconds = new long[lines.size()];
    double[] before = new double[lines.size() + 1];
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        int comma = line.indexOf(',');
        seconds[count] = seconds(line.substring(0, comma));
        before[count + 1] = before[count] + Double.parseDouble(line.substring(comma + 1).strip());
        count++;
      }
    }
    return new RecordedSeries(
        file.getFileName().toString(),
        Arrays.copyOf(seconds, count),
        Arrays.copyOf(before, count + 1));
  }

  /** A series of counts with equal intervals. */
  static RecordedSeries of(String name, Instant start, long stepSeconds, long[] counts) {
    long[] seconds = new long[counts.length];
    double[] before = new double[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      seconds[i] = start.getEpochSecond() + i * stepSeconds;
      before[i + 1] = before[i] + counts[i];
    }
    return new RecordedSeries(name, seconds, before);
  }

  static long seconds(String timestamp) {
    return LocalDateTime.parse(timestamp.strip().replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
  }

  /** The file name with its ending. */
  String name() {
    return name;
  }

  Instant start() {
    return Instant.ofEpochSecond(seconds[0]);
  }

  /** The end of the last value's interval, which is assumed to be as long as the first interval. */
  Instant end() {
    return Instant.ofEpochSecond(seconds[seconds.length - 1] + seconds[1] - seconds[0]);
  }

  /** The sum of the values with timestamps in {@code [from, to)}. */
  double sum(Instant from, Instant to) {
    return before[firstAt(to)] - before[firstAt(from)];
  }

  private int firstAt(Instant instant) {
    int found = Arrays.binarySearch(seconds, instant.getEpochSecond());
    return found >= 0 ? found : -found - 1;
  }

  /** The sums of {@code count} consecutive intervals from an instant on. */
  long[] sums(Instant from, long stepSeconds, int count) {
    long[] sums = new long[count];
    for (int i = 0; i < count; i++) {
      sums[i] =
          Math.round(
              sum(from.plusSeconds(i * stepSeconds), from.plusSeconds((i + 1L) * stepSeconds)));
    }
    return sums;
  }
}
