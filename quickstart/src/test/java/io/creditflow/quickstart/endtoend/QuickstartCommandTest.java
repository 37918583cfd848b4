package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.api.ProductVersion;
import io.creditflow.quickstart.Addresses;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ScratchDirectory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people meet who run it: the story on the page, a stop, a start, and things in the way. */
@Tag("system")
class QuickstartCommandTest {

  @Test
  void tellsItsStoryOnceAndGoesOnAfterAStopAndAfterACrash() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("story")) {
      long used;
      int rows;
      try (QuickstartUnderTest first = QuickstartUnderTest.start(scratch)) {
        String output = first.process().output();
        assertThat(output).contains(first.addresses().dashboardUrl(), "#token=");
        assertThat(first.api().json("/v1/workspaces").path("items")).hasSize(6);
        assertThat(first.api().json("/health/ready").path("version").asText())
            .isEqualTo(ProductVersion.current().number());
        used = used(first);
        rows = first.api().json(path("/campaigns")).path("items").size();
        assertThat(used).isGreaterThan(1_000);
        assertThat(rows).isEqualTo(7);
        assertThat(first.process().stop(Duration.ofSeconds(20))).as("stops when asked to").isTrue();
        assertThat(scratch.path("data/quickstart.json")).doesNotExist();
      }
      try (QuickstartUnderTest second = QuickstartUnderTest.start(scratch)) {
        // Not published again: only what went on live since then has been added.
        assertThat(used(second)).isBetween(used, used + 500);
        assertThat(second.api().json(path("/campaigns")).path("items")).hasSize(rows);
        second.process().kill();
      }
      try (QuickstartUnderTest third = QuickstartUnderTest.start(scratch, "--no-traffic")) {
        assertThat(used(third)).isBetween(used, used + 1_000);
        assertLocked(scratch);
      }
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("port");
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      try (ChildProcess process = QuickstartUnderTest.launch(scratch, "--kafka-port", port)) {
        assertThat(process.exitCode(Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(process.output().lines()).hasSize(1);
        assertThat(process.output()).contains(port, "--kafka-port").doesNotContain("Exception");
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeOneIsOneClearLine() throws Exception {
    try (ScratchDirectory scratch = new ScratchDirectory("directory")) {
      Files.writeString(scratch.path("data"), "a file is in the way");
      try (ChildProcess process = QuickstartUnderTest.launch(scratch)) {
        assertThat(process.exitCode(Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(process.output().lines()).hasSize(1);
        assertThat(process.output()).contains(scratch.path("data").toString(), "--data-dir");
      }
    }
  }

  private static void assertLocked(ScratchDirectory scratch) throws Exception {
    Addresses before = Addresses.read(scratch.path("data/quickstart.json"));
    try (ChildProcess other = QuickstartUnderTest.launch(scratch)) {
      assertThat(other.exitCode(Duration.ofSeconds(30))).isEqualTo(1);
      assertThat(other.output()).contains("in use by another quickstart");
    }
    assertThat(Addresses.read(scratch.path("data/quickstart.json"))).isEqualTo(before);
  }

  private static long used(QuickstartUnderTest quickstart) throws Exception {
    quickstart.api().awaitReflected("aurora-outreach", Instant.now().minusSeconds(2));
    JsonNode campaigns = quickstart.api().json(path("/campaigns")).path("items");
    long sum = 0;
    for (JsonNode campaign : campaigns) {
      sum += campaign.path("creditsUsed").asLong();
    }
    return sum;
  }

  private static String path(String rest) {
    return "/v1/workspaces/aurora-outreach/credits" + rest;
  }
}
