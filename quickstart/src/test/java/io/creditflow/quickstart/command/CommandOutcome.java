package io.creditflow.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.commandline.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What became of a {@code bin/creditflow}.
 *
 * @param output without the last line's end
 * @param error likewise
 */
public record CommandOutcome(int status, String output, String error) {
  public static CommandOutcome of(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter error = new StringWriter();
    int status =
        CommandRunner.run(
            new CreditflowCommand(), new PrintWriter(output), new PrintWriter(error), arguments);
    return new CommandOutcome(status, output.toString().strip(), error.toString().strip());
  }

  /** What a command prints that ends well. */
  public static String outputOf(String... arguments) {
    CommandOutcome outcome = of(arguments);
    assertThat(outcome.status()).as(outcome.error()).isZero();
    return outcome.output();
  }
}
