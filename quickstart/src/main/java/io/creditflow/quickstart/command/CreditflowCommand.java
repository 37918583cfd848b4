package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code bin/creditflow} runs. */
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
      "Each explains itself with --help. They talk to the quickstart that runs in --data-dir DIR,"
          + " or to the Kafka of --bootstrap-servers and the schema"
          + " registry of --registry-url, or to those of CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS and"
          + " CREDITFLOW_REGISTRY_URL."
    })
public final class CreditflowCommand implements Runnable {
  @Mixin StandardOptions standard;
  @Spec CommandSpec spec;

  public static void main(String[] arguments) {
    CommandRunner.main(new CreditflowCommand(), arguments);
  }

  /** Without a command: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
