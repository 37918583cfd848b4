package io.creditflow.quickstart.command;

import io.creditflow.api.configuration.Settings;
import io.creditflow.quickstart.Addresses;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Kafka and the schema registry that a command talks to: those of its options, else of the
 * environment, as an instance of Creditflow reads it, else of the quickstart that runs.
 */
record KafkaTarget(String bootstrapServers, String registryUrl) {
  static final String BOOTSTRAP = "--bootstrap-servers";
  static final String REGISTRY = "--registry-url";
  static final Set<String> OPTIONS = Set.of(BOOTSTRAP, REGISTRY, RunningQuickstart.OPTION);

  /**
   * @throws CommandException if neither is given and no quickstart runs
   */
  static KafkaTarget of(Arguments arguments) {
    Optional<String> servers = bootstrapServersGiven(arguments);
    Optional<String> registry =
        given(arguments, REGISTRY, Settings.REGISTRY_URL.variable()).map(KafkaTarget::firstOf);
    if (servers.isPresent() && registry.isPresent()) {
      return new KafkaTarget(servers.get(), registry.get());
    } else if (servers.isPresent() || registry.isPresent()) {
      throw new CommandException(BOOTSTRAP + " and " + REGISTRY + " go together; see --help");
    }
    Addresses addresses = RunningQuickstart.addresses(arguments);
    return new KafkaTarget(addresses.bootstrapServers(), addresses.schemaRegistryUrl());
  }

  /** Only the Kafka, for commands that need no schemas. */
  static String bootstrapServers(Arguments arguments) {
    return bootstrapServersGiven(arguments)
        .orElseGet(() -> RunningQuickstart.addresses(arguments).bootstrapServers());
  }

  /** Settings of a consumer without a group that reads committed records from the beginning. */
  static Map<String, Object> reader(String bootstrapServers) {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers,
        "isolation.level",
        "read_committed",
        "enable.auto.commit",
        false,
        "auto.offset.reset",
        "earliest");
  }

  private static Optional<String> bootstrapServersGiven(Arguments arguments) {
    return given(arguments, BOOTSTRAP, Settings.KAFKA_BOOTSTRAP_SERVERS.variable());
  }

  private static Optional<String> given(Arguments arguments, String option, String variable) {
    if (arguments.option(RunningQuickstart.OPTION).isPresent()) {
      return arguments.option(option); // whoever names a quickstart means that one
    }
    return arguments.option(option).or(() -> Optional.ofNullable(System.getenv(variable)));
  }

  private static String firstOf(String urls) {
    return urls.split(",", 2)[0].strip();
  }
}
