package io.creditflow.quickstart.command;

import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.configuration.Settings;
import io.creditflow.quickstart.Addresses;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.RegistryConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Kafka and the schema registry that a command talks to: those of its options, else of its
 * configuration file and the environment, as an instance of Creditflow reads them, else of the
 * quickstart that runs. TLS and passwords come from file and environment.
 */
final class KafkaTarget {
  private static final String BOOTSTRAP = "--bootstrap-servers";
  private static final String REGISTRY = "--registry-url";
  private static final String CONFIG = "--config";

  /** Of commands that need no schemas. */
  static final Set<String> KAFKA_OPTIONS = Set.of(BOOTSTRAP, CONFIG, RunningQuickstart.OPTION);

  static final Set<String> OPTIONS = Set.of(BOOTSTRAP, REGISTRY, CONFIG, RunningQuickstart.OPTION);

  /** How the commands' help explains {@link #KAFKA_OPTIONS}. */
  static final String HELP =
      """
        --data-dir DIR                 the quickstart whose Kafka it is
        --bootstrap-servers HOST:PORT  another Kafka; its TLS and passwords are read from
        --config FILE                  an instance's properties file, and from CREDITFLOW_KAFKA_
                                       variables\
      """;

  /** What an instance must have and no command needs. */
  private static final String UNUSED = "unused";

  /** Other settings of the environment are none of a command's business. */
  private static final List<String> VARIABLES =
      List.of("CREDITFLOW_KAFKA_", "CREDITFLOW_REGISTRY_", ConfigurationReader.FILE_VARIABLE);

  private final Configuration configuration;

  private KafkaTarget(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Kafka and registry.
   *
   * @throws CommandException if neither is given and no quickstart runs
   */
  static KafkaTarget of(Arguments arguments) {
    Map<String, String> environment = environment(arguments);
    String servers = Settings.KAFKA_BOOTSTRAP_SERVERS.variable();
    String registry = Settings.REGISTRY_URL.variable();
    if (!hasFile(arguments, environment)) {
      if (environment.containsKey(servers) != environment.containsKey(registry)) {
        throw new CommandException(BOOTSTRAP + " and " + REGISTRY + " go together; see --help");
      }
      if (!environment.containsKey(servers)) {
        Addresses addresses = RunningQuickstart.addresses(arguments);
        environment.put(servers, addresses.bootstrapServers());
        environment.put(registry, addresses.schemaRegistryUrl());
      }
    }
    return read(arguments, environment);
  }

  /**
   * Only the Kafka, for commands that need no schemas.
   *
   * @throws CommandException if it is not given and no quickstart runs
   */
  static KafkaTarget ofKafka(Arguments arguments) {
    Map<String, String> environment = environment(arguments);
    if (!hasFile(arguments, environment)) {
      environment.computeIfAbsent(
          Settings.KAFKA_BOOTSTRAP_SERVERS.variable(),
          name -> RunningQuickstart.addresses(arguments).bootstrapServers());
      environment.putIfAbsent(Settings.REGISTRY_URL.variable(), "http://" + UNUSED);
    }
    return read(arguments, environment);
  }

  String bootstrapServers() {
    return ClientProperties.bootstrapServers(configuration);
  }

  /** The first of its addresses. */
  String registryUrl() {
    return configuration.get(Settings.REGISTRY_URL).get(0);
  }

  HttpSchemaRegistry registry() {
    return new HttpSchemaRegistry(RegistryConfig.from(ClientProperties.registry(configuration)));
  }

  /** An admin client's settings; those given go before the configuration's. */
  Map<String, Object> admin(Map<String, Object> more) {
    return with(ClientProperties.admin(configuration, "creditflow-command"), more);
  }

  /** A producer's settings; those given go before the configuration's. */
  Map<String, Object> producer(Map<String, Object> more) {
    return with(ClientProperties.producer(configuration, "creditflow-command"), more);
  }

  /** Settings of a consumer without a group that reads committed records from the beginning. */
  Map<String, Object> reader() {
    return with(
        ClientProperties.consumer(configuration, "creditflow-command"),
        Map.of(
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest"));
  }

  private static Map<String, Object> with(Map<String, Object> client, Map<String, Object> more) {
    client.putAll(more);
    return client;
  }

  private static Map<String, String> environment(Arguments arguments) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> VARIABLES.stream().noneMatch(name::startsWith));
    if (arguments.option(RunningQuickstart.OPTION).isPresent()) {
      environment.clear(); // whoever names a quickstart means that one
    }
    arguments
        .option(BOOTSTRAP)
        .ifPresent(value -> environment.put(Settings.KAFKA_BOOTSTRAP_SERVERS.variable(), value));
    arguments
        .option(REGISTRY)
        .ifPresent(value -> environment.put(Settings.REGISTRY_URL.variable(), value));
    return environment;
  }

  private static boolean hasFile(Arguments arguments, Map<String, String> environment) {
    return arguments.option(CONFIG).isPresent()
        || environment.containsKey(ConfigurationReader.FILE_VARIABLE);
  }

  private static KafkaTarget read(Arguments arguments, Map<String, String> environment) {
    environment.putIfAbsent(Settings.AUTH_JWKS.variable(), UNUSED);
    try {
      return new KafkaTarget(
          ConfigurationReader.read(
              arguments.option(CONFIG).map(Path::of).orElse(null), environment));
    } catch (ConfigurationException e) {
      throw new CommandException(e.getMessage());
    }
  }
}
