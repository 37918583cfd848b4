package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.fixture.TestKeys;
import io.creditflow.events.LeadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example of docs/api.md as a reader would. */
@Tag("system")
class ApiExamplesTest {
  private static final TestKeys KEYS = new TestKeys("ES256", "k1");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void theExamplesWorkAsWritten() throws IOException, InterruptedException {
    Path jwks = Files.writeString(directory.resolve("jwks.json"), TestKeys.jwks(KEYS));
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace("acme", "Acme", "UTC")
            .campaign("acme", "c1", "First", LeadSource.CRM)
            .grant("acme", "g1", 100, Instant.parse("2026-01-01T00:00:00Z"), null);
    for (int i = 0; i < 5; i++) {
      localState.lead("acme", "c1", Instant.now());
    }
    String page = Files.readString(Path.of("..", "docs", "api.md"));
    List<String> blocks =
        BLOCK.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toList());
    assertThat(blocks).hasSizeGreaterThan(8);
    try (TestInstance instance = new TestInstance(localState, jwks)) {
      for (String block : blocks) {
        String output = run(block, instance.address());
        assertThat(output).as(block).isNotBlank();
      }
      assertThat(run(blockWith(blocks, "If-None-Match"), instance.address()))
          .contains("304 Not Modified");
      assertThat(run(blockWith(blocks, "form=2026"), instance.address()))
          .contains("\"parameter\":\"limit\"")
          .contains("\"parameter\":\"form\"");
      Matcher ids =
          Pattern.compile("\"kind\"")
              .matcher(run(blockWith(blocks, "cursor=$cursor"), instance.address()));
      assertThat(ids.results().count()).isEqualTo(2);
    }
  }

  private static String blockWith(List<String> blocks, String part) {
    return blocks.stream().filter(block -> block.contains(part)).findFirst().orElseThrow();
  }

  private static String run(String block, String address) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block);
    shell.environment().put("CREDITFLOW", address);
    shell.environment().put("TOKEN", KEYS.token("*"));
    shell.redirectErrorStream(true);
    Process process = shell.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(block + output).isZero();
    return output;
  }
}
