package io.creditflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class QuickstartOptionsTest {
  @Test
  void withoutArgumentsAreThoseOfTheContract() {
    QuickstartOptions options = parse();

    assertThat(options.httpPort).isEqualTo(8080);
    assertThat(options.managementPort).isEqualTo(8090);
    assertThat(options.kafkaPort).isEqualTo(9092);
    assertThat(options.registryPort).isEqualTo(8081);
    assertThat(options.dataDirectory).isEqualTo(Path.of(".quickstart").toAbsolutePath());
    assertThat(options.isWithoutTraffic).isFalse();
  }

  @Test
  void takesEveryArgumentInBothSpellings() {
    QuickstartOptions options =
        parse(
            "--http-port=1",
            "--management-port",
            "2",
            "--kafka-port=3",
            "--registry-port",
            "0",
            "--data-dir=/tmp/x/../y",
            "--no-traffic");

    assertThat(options.httpPort).isEqualTo(1);
    assertThat(options.managementPort).isEqualTo(2);
    assertThat(options.kafkaPort).isEqualTo(3);
    assertThat(options.registryPort).isZero();
    assertThat(options.dataDirectory).isEqualTo(Path.of("/tmp/y"));
    assertThat(options.isWithoutTraffic).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--htp-port=1,Unknown option: '--htp-port=1'",
    "--http-port=70000,'--http-port'",
    "--http-port=x,is not a port",
    "--http-port=-1,is not a port",
    "--kafka-port,Missing required parameter for option '--kafka-port'",
    "--data-dir=,a directory has a name",
  })
  void namesWhatIsWrong(String argument, String message) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  static QuickstartOptions parse(String... arguments) {
    return CommandLine.populateCommand(new QuickstartOptions(), arguments);
  }
}
