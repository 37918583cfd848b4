package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.metrics.ProcessMetrics;
import io.creditflow.testkit.ChildProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version the build says that it is. */
class ProductVersionTest {
  private static final Path TOP_POM = Path.of("../pom.xml");
  private static final ProductVersion CURRENT = ProductVersion.current();

  @Test
  void isTheRevisionOfTheTopPom() throws Exception {
    Matcher revision =
        Pattern.compile("<revision>(.+)</revision>").matcher(Files.readString(TOP_POM));
    assertThat(revision.find()).isTrue();
    assertThat(System.getProperty("revision", revision.group(1))).isEqualTo(CURRENT.number());
  }

  @Test
  void everyModuleTakesItFromThere() throws Exception {
    Matcher module = Pattern.compile("<module>(.+)</module>").matcher(Files.readString(TOP_POM));
    while (module.find()) {
      assertThat(TOP_POM.resolveSibling(module.group(1)).resolve("pom.xml"))
          .content()
          .contains("<version>${revision}</version>");
    }
  }

  @Test
  void printsTheCommitIfItIsKnown() {
    assertThat(new ProductVersion("1.2.3", "0123abc")).hasToString("creditflow 1.2.3 (0123abc)");
    assertThat(new ProductVersion("1.2.3", "")).hasToString("creditflow 1.2.3");
    assertThat(CURRENT.toString()).doesNotContain("${");
  }

  @Test
  void isInTheHealthOfAnInstanceFromItsStartOn() {
    InstanceReadiness readiness =
        new InstanceReadiness("one", new PipelinePlacement(), null, new DeferredLocalState());

    assertThat(readiness.report().details()).containsEntry("version", CURRENT.number());
  }

  @Test
  void isTheLabelOfAMetric() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ProcessMetrics(meters).bindProcess("1.2.3", "0123abc");

    assertThat(meters.scrape().lines())
        .containsOnlyOnce("creditflow_build_info{commit=\"0123abc\",version=\"1.2.3\"} 1");
  }

  @Test
  @Tag("system")
  void isPrintedWithoutAnyConfiguration(@TempDir Path directory) throws Exception {
    try (ChildProcess process =
        ChildProcess.java(
            directory.resolve("output.txt"),
            Map.of(),
            System.getProperty("java.class.path"),
            List.of(),
            List.of("io.creditflow.api.Creditflow", "--version"))) {
      assertThat(process.exitCode(Duration.ofSeconds(30))).isZero();
      assertThat(process.output().strip()).isEqualTo(CURRENT.toString());
    }
  }
}
