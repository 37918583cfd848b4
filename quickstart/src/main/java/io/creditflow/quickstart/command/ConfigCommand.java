package io.creditflow.quickstart.command;

import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Checks a configuration as an instance would when it starts. */
final class ConfigCommand {
  private static final String HELP =
      """
      Usage: bin/creditflow config --check [--config FILE]

      Checks the settings in FILE and in CREDITFLOW_* variables as an instance would, starts
      nothing, and names everything that is wrong. docs/configuration.md lists all settings.\
      """;

  private ConfigCommand() {}

  static String run(List<String> given) {
    boolean isCheck = given.contains("--check");
    Arguments arguments =
        new Arguments(
            given.stream().filter(argument -> !argument.equals("--check")).toList(),
            Set.of("--config"));
    if (arguments.help()) {
      return HELP;
    }
    if (!isCheck || !arguments.words().isEmpty()) {
      throw new CommandException("config has one use, --check; see --help");
    }
    try {
      ConfigurationReader.read(
          arguments.option("--config").map(Path::of).orElse(null), System.getenv());
    } catch (ConfigurationException e) {
      throw new CommandException(e.getMessage());
    }
    return "The configuration is good.";
  }
}
