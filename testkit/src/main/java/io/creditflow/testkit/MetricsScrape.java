package io.creditflow.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code /metrics} answers once.
 *
 * @param lines samples, in Prometheus' text format
 */
public record MetricsScrape(List<String> lines) {
  public static MetricsScrape of(String managementUrl) throws IOException {
    String text = new ApiClient(managementUrl, "").text("/metrics");
    return new MetricsScrape(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** Of every series whose name begins so, by name and labels. */
  public Map<String, Double> values(String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .collect(Collectors.toMap(MetricsScrape::series, MetricsScrape::value));
  }

  /** The sum over all series of a name whose line has all these labels. */
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
