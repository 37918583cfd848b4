package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code /metrics} told once.
 *
 * @param lines samples, in Prometheus' text format
 */
record Scrape(List<String> lines) {
  static Scrape of(String managementUrl) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(managementUrl + "/metrics")).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return new Scrape(response.body().lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** The sum over all series of a name whose line has all these labels. */
  double sum(String name, String... labels) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
