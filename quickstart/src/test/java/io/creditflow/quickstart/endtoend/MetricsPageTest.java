package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.MetricsScrape;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator reads on {@code /metrics}, and how much of it Prometheus has to store. */
@Tag("system")
class MetricsPageTest {
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");

  /** A count of something, a flag, or an amount with its unit. */
  private static final Pattern PLAIN =
      Pattern.compile("Number of \\w.*|1 (while|for) .+0.*|.+, in seconds\\b.*|Offset that .+");

  private static final Path RULES = Path.of("../ops/prometheus/creditflow.rules.yml");
  private static final Pattern READ_BY_ALERTS =
      Pattern.compile("\\b(creditflow|kafka_consumergroup)_[a-z_]+");

  /** Of docs/operations.md, "How many series". */
  private static final int FIXED = 300;

  private static final int BY_THREAD = 250;
  private static final int BY_PARTITION = 155;
  private static final int BY_ROUTE_AND_STATUS = 10;

  @Test
  void saysOfEachOfOurMetersWhatItCountsAndHasNoMoreSeriesThanDocumented() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("metrics");
        QuickstartUnderTest quickstart = QuickstartUnderTest.start(scratch)) {
      String url = quickstart.addresses().managementUrl();
      Await.until(
          () -> "all topics are counted",
          Duration.ofSeconds(60),
          () ->
              MetricsScrape.of(url).values("creditflow_events_received_total").size()
                  > MetricsScrape.of(url).sum("creditflow_partitions"));
      awaitWhatAlertsRead(url);
      assertThatEachIsExplained(new ApiClient(url, "").text("/metrics"));
      assertThatSeriesAreBounded(MetricsScrape.of(url));
    }
  }

  private static void awaitWhatAlertsRead(String url) throws IOException {
    Set<String> missing =
        READ_BY_ALERTS
            .matcher(Files.readString(RULES))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    Await.until(
        () -> "/metrics has each metric that an alert in " + RULES + " reads; it lacks " + missing,
        Duration.ofSeconds(60),
        () -> {
          MetricsScrape.of(url).lines().forEach(line -> missing.remove(line.split("[{ ]", 2)[0]));
          return missing.isEmpty();
        });
  }

  private static void assertThatEachIsExplained(String page) {
    List<String> unclear =
        page.lines()
            .map(HELP::matcher)
            .filter(line -> line.matches() && isOurs(line.group(1)))
            .filter(line -> !PLAIN.matcher(line.group(2)).matches())
            .map(line -> line.group(1) + ": " + line.group(2))
            .toList();
    assertThat(unclear).as("HELP texts without what is counted or its unit").isEmpty();
    assertThat(page.lines().map(HELP::matcher).filter(line -> line.matches()))
        .filteredOn(line -> isOurs(line.group(1)))
        .hasSizeGreaterThan(20);
  }

  private static boolean isOurs(String name) {
    return !name.endsWith("_info")
        && (name.startsWith("creditflow_")
            || name.startsWith("kafka_consumergroup_")
            || name.startsWith("kafka_topic_")
            || name.startsWith("http_server_"));
  }

  private static void assertThatSeriesAreBounded(MetricsScrape metrics) {
    long partitions = Math.round(metrics.sum("creditflow_partitions"));
    Predicate<String> isOfPartition =
        line -> line.matches(".*\\b(partition|task_id|rocksdb_.*)=.*");
    Predicate<String> isOfThread = line -> line.matches(".*\\b(client_id|thread_id)=.*");
    Predicate<String> isOfRoute = line -> line.matches(".*\\broute=.*");
    long ofPartitions = count(metrics, isOfPartition);
    long ofThreads = count(metrics, isOfThread.and(isOfPartition.negate()));
    long ofRoutes = count(metrics, isOfRoute);
    long routes = count(metrics, line -> line.startsWith("http_server_requests_seconds_count"));
    long others = metrics.lines().size() - ofPartitions - ofThreads - ofRoutes;
    System.out.printf(
        "series: %d partitions %d, one thread %d, %d routes by status %d, others %d%n",
        partitions, ofPartitions, ofThreads, routes, ofRoutes, others);
    assertThat(ofPartitions).isLessThanOrEqualTo(BY_PARTITION * partitions);
    assertThat(ofThreads).isLessThanOrEqualTo(BY_THREAD);
    assertThat(ofRoutes).isLessThanOrEqualTo(BY_ROUTE_AND_STATUS * routes);
    assertThat(others).isLessThanOrEqualTo(FIXED);
  }

  private static long count(MetricsScrape metrics, Predicate<String> isMeant) {
    return metrics.lines().stream().filter(isMeant).count();
  }
}
