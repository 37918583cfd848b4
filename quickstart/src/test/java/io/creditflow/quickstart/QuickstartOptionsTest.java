package io.creditflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickstartOptionsTest {
  private static final Path DEFAULT = Path.of("/project/.quickstart");

  @Test
  void withoutArgumentsAreThoseOfTheContract() {
    assertThat(parse())
        .isEqualTo(new QuickstartOptions(8080, 8090, 9092, 8081, DEFAULT, true, false));
  }

  @Test
  void takesEveryArgumentInBothSpellings() {
    assertThat(
            parse(
                "--http-port=1",
                "--management-port",
                "2",
                "--kafka-port=3",
                "--registry-port",
                "0",
                "--data-dir=/tmp/x/../y",
                "--no-traffic"))
        .isEqualTo(new QuickstartOptions(1, 2, 3, 0, Path.of("/tmp/y"), false, false));
  }

  @ParameterizedTest
  @CsvSource({
    "--htp-port=1,unknown option --htp-port",
    "--http-port=70000,--http-port",
    "--http-port=x,is not a port",
    "--http-port=-1,is not a port",
    "--kafka-port,--kafka-port needs a value",
    "--data-dir=,--data-dir needs a value",
  })
  void namesWhatIsWrong(String argument, String message) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message);
  }

  private static QuickstartOptions parse(String... arguments) {
    return QuickstartOptions.parse(List.of(arguments), DEFAULT);
  }
}
