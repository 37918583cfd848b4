package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a configuration as an instance would when it starts. */
@Command(
    name = "config",
    header = "checks a configuration, starts nothing",
    description =
        "Checks the settings in FILE and in CREDITFLOW_* variables as an instance would, starts"
            + " nothing, and names everything that is wrong. docs/configuration.md lists all"
            + " settings.")
final class ConfigCommand implements Callable<String> {
  @Option(names = "--check", required = true, description = "what it does")
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
