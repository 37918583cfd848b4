package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bin/creditflow}. */
@Command(
    name = "creditflow",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PublishCommand.class,
      TokenCommand.class,
      KeysCommand.class,
      TrafficCommand.class,
      RedriveCommand.class,
      DrainCommand.class,
      ResetCommand.class,
      CopyCommand.class,
      ConfigCommand.class
    },
    footer = {
      "",
      "Each command has --help. Commands use the quickstart that runs in --data-dir DIR, or the"
          + " Kafka of --bootstrap-servers and the schema registry of --registry-url, or those of"
          + " CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS and CREDITFLOW_REGISTRY_URL."
    })
public final class CreditflowCommand implements Runnable {
  @Mixin StandardOptions standard;
  @Spec CommandSpec spec;

  public static void main(String[] arguments) {
    CommandRunner.main(new CreditflowCommand(), arguments);
  }

  /** Prints the help if no command is given. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
