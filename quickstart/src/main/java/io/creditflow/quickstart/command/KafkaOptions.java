package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.configuration.Settings;
import io.creditflow.quickstart.Addresses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which Kafka and schema registry a command talks to: those of its options, else of its
 * configuration file and the environment, as an instance of Creditflow reads them, else of the
 * quickstart that runs. TLS and passwords come from file and environment. A mixin.
 */
final class KafkaOptions {
  private static final String BOOTSTRAP = "--bootstrap-servers";
  static final String REGISTRY = "--registry-url";

  /** What an instance must have and no command needs. */
  private static final String UNUSED = "unused";

  /** Other settings of the environment are none of a command's business. */
  private static final List<String> VARIABLES =
      List.of("CREDITFLOW_KAFKA_", "CREDITFLOW_REGISTRY_", ConfigurationReader.FILE_VARIABLE);

  @Mixin private RunningQuickstart quickstart;

  @Option(
      names = BOOTSTRAP,
      paramLabel = "HOST:PORT",
      description =
          "another Kafka; its TLS and passwords are read from --config and from CREDITFLOW_KAFKA_"
              + " variables")
  private String bootstrapServers;

  @Option(names = "--config", paramLabel = "FILE", description = "an instance's properties file")
  private Path file;

  RunningQuickstart quickstart() {
    return quickstart;
  }

  /**
   * Kafka and registry.
   *
   * @param registryUrl null if the command line does not name one
   * @throws CommandException if only one of both is given, or neither and no quickstart runs
   */
  KafkaTarget withRegistry(String registryUrl) {
    Map<String, String> environment = environment();
    String servers = Settings.KAFKA_BOOTSTRAP_SERVERS.variable();
    String registry = Settings.REGISTRY_URL.variable();
    if (registryUrl != null) {
      environment.put(registry, registryUrl);
    }
    if (!hasFile(environment)) {
      if (environment.containsKey(servers) != environment.containsKey(registry)) {
        throw new CommandException(BOOTSTRAP + " and " + REGISTRY + " go together; see --help");
      }
      if (!environment.containsKey(servers)) {
        Addresses addresses = quickstart.addresses();
        environment.put(servers, addresses.bootstrapServers());
        environment.put(registry, addresses.schemaRegistryUrl());
      }
    }
    return read(environment);
  }

  /**
   * Only the Kafka, for commands that need no schemas.
   *
   * @throws CommandException if it is not given and no quickstart runs
   */
  KafkaTarget withoutRegistry() {
    Map<String, String> environment = environment();
    if (!hasFile(environment)) {
      environment.computeIfAbsent(
          Settings.KAFKA_BOOTSTRAP_SERVERS.variable(),
          name -> quickstart.addresses().bootstrapServers());
      environment.putIfAbsent(Settings.REGISTRY_URL.variable(), "http://" + UNUSED);
    }
    return read(environment);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> VARIABLES.stream().noneMatch(name::startsWith));
    if (quickstart.isNamed()) {
      environment.clear(); // whoever names a quickstart means that one
    }
    if (bootstrapServers != null) {
      environment.put(Settings.KAFKA_BOOTSTRAP_SERVERS.variable(), bootstrapServers);
    }
    return environment;
  }

  private boolean hasFile(Map<String, String> environment) {
    return file != null || environment.containsKey(ConfigurationReader.FILE_VARIABLE);
  }

  private KafkaTarget read(Map<String, String> environment) {
    environment.putIfAbsent(Settings.AUTH_JWKS.variable(), UNUSED);
    try {
      return new KafkaTarget(ConfigurationReader.read(file, environment));
    } catch (ConfigurationException e) {
      throw new CommandException(e.getMessage());
    }
  }
}
