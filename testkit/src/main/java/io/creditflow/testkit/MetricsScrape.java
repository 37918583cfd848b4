package io.creditflow.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One response of {@code /metrics}.
 *
 * @param lines the samples, in the Prometheus text format
 */
public record MetricsScrape(List<String> lines) {
  public static MetricsScrape of(String managementUrl) throws IOException {
    String text = new ApiClient(managementUrl, "").text("/metrics");
    return new MetricsScrape(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** The values of all series whose name begins with {@code prefix}, by name and labels. */
  public Map<String, Double> values(String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .collect(Collectors.toMap(MetricsScrape::series, MetricsScrape::value));
  }

  /** The sum over all series with this name whose line contains all the given labels. */
  public double sum(String name, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(MetricsScrape::value)
        .sum();
  }

  private static String series(String line) {
    return line.substring(0, line.lastIndexOf(' '));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
