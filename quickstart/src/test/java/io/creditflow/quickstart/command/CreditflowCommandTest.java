package io.creditflow.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.ProductVersion;
import io.creditflow.api.commandline.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditflowCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "redrive --reason=BAD| --reason",
        "redrive --topic=rejected-events| there is no input topic",
        "redrive --from=yesterday| is not an instant like 2026-01-31T08:00:00Z",
        "redrive --forward| Unknown option: '--forward'",
        "copy --partitions=4| Missing required option: '--to-bootstrap-servers=HOST:PORT'",
        "copy --partitions=x --to-bootstrap-servers=a:1| 'x' is not an int",
        "publish lead-sourced| Missing required parameter: 'JSON'",
        "publish leads {}| there is no input topic",
        "drain| Missing required option: '--instance=URL'",
        "config| Missing required option: '--check'",
        "token --data-dir| --data-dir",
        "redrives| Unmatched argument",
      })
  void whatIsWrongIsOneLineThatSaysWhereHelpIs(String line, String message) {
    CommandOutcome outcome = CommandOutcome.of(line.split(" "));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.error())
        .startsWith("creditflow")
        .contains(message)
        .endsWith("; see --help")
        .hasLineCount(1);
    assertThat(outcome.output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100000"})
  void aTopicHasSoManyPartitionsAndNoMore(String partitions) {
    CommandOutcome outcome =
        CommandOutcome.of("copy", "--to-bootstrap-servers=a:1", "--partitions=" + partitions);

    assertThat(outcome.status()).isEqualTo(CommandRunner.CANNOT);
    assertThat(outcome.error()).contains("--partitions is a whole number from 1 to 99999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish", "token", "keys", "traffic", "redrive", "drain", "reset", "copy", "config"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(CommandOutcome.outputOf()).contains("  " + command + " ");
    assertThat(CommandOutcome.outputOf(command, "--help"))
        .contains("Usage: creditflow " + command)
        .contains("--help");
  }

  @Test
  void saysItsVersion() {
    assertThat(CommandOutcome.outputOf("--version")).isEqualTo(ProductVersion.current().toString());
  }
}
