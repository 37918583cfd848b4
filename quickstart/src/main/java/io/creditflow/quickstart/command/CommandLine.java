package io.creditflow.quickstart.command;

import io.creditflow.api.ProductVersion;
import java.util.Arrays;
import java.util.List;

/** What {@code bin/creditflow} runs. */
public final class CommandLine {
  private static final String HELP =
      """
      Usage: bin/creditflow COMMAND [ARGUMENT]...

        publish TOPIC JSON   publishes one event, as a producer would
        token                prints a token for the API
        keys                 makes the key pair that tokens are signed and checked with
        traffic              publishes a simulated upstream's events until stopped
        redrive              publishes rejected records again
        drain                lets an instance hand its partitions over and end
        reset                forgets what an application id has counted, to count it again
        copy                 copies the events into another Kafka, for more partitions
        config --check       checks a configuration, starts nothing
        --version            prints the version

      Each explains itself with --help. They talk to the quickstart that runs in --data-dir DIR
      (.quickstart in the project), or to the Kafka of --bootstrap-servers and the schema registry
      of --registry-url, or to those of CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS and
      CREDITFLOW_REGISTRY_URL.\
      """;

  private CommandLine() {}

  public static void main(String[] given) {
    List<String> arguments = Arrays.asList(given);
    try {
      System.out.println(run(arguments));
    } catch (CommandException e) {
      System.err.println("creditflow: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Runs a command.
   *
   * @return what to print
   * @throws CommandException if it cannot do what it is asked to
   */
  public static String run(List<String> arguments) {
    String command = arguments.isEmpty() ? "--help" : arguments.get(0);
    List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    return switch (command) {
      case "publish" -> PublishCommand.run(rest);
      case "token" -> TokenCommand.run(rest);
      case "keys" -> KeysCommand.run(rest);
      case "traffic" -> TrafficCommand.run(rest);
      case "redrive" -> RedriveCommand.run(rest);
      case "drain" -> DrainCommand.run(rest);
      case "reset" -> ResetCommand.run(rest);
      case "copy" -> CopyCommand.run(rest);
      case "config" -> ConfigCommand.run(rest);
      case ProductVersion.OPTION -> ProductVersion.current().toString();
      case "--help", "-h", "help" -> HELP;
      default -> throw new CommandException("no command " + command + "; see --help");
    };
  }
}
