package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Validates a configuration as an instance does when it starts. */
@Command(
    name = "config",
    header = "validates a configuration without starting anything",
    description =
        "Validates the settings in FILE and in CREDITFLOW_* variables as an instance does, and"
            + " prints all errors. Starts nothing. docs/configuration.md lists all settings.")
final class ConfigCommand implements Callable<String> {
  @Option(
      names = "--check",
      required = true,
      description = "validates the configuration; mandatory")
  boolean check;

  @Option(names = "--config", paramLabel = "FILE", description = "an instance's properties file")
  private Path file;

  @Override
  public String call() {
    try {
      ConfigurationReader.read(file, System.getenv());
    } catch (ConfigurationException e) {
      throw new CommandException(e.getMessage());
    }
    return "The configuration is good.";
  }
}
