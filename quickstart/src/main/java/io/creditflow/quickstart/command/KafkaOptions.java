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
 * The options that select the Kafka and schema registry of a command; a picocli mixin. Options come
 * first, then the configuration file and the environment, read as an instance reads them, then the
 * running quickstart. TLS settings and passwords come from file and environment.
 */
final class KafkaOptions {
  private static final String BOOTSTRAP = "--bootstrap-servers";
  static final String REGISTRY = "--registry-url";

  /** A value for settings that are mandatory for an instance but not used by commands. */
  private static final String UNUSED = "unused";

  /** The environment variables that commands read, by prefix. */
  private static final List<String> VARIABLES =
      List.of(
          "CREDITFLOW_KAFKA_",
          "CREDITFLOW_REGISTRY_",
          Settings.APPLICATION_ID.variable(),
          ConfigurationReader.FILE_VARIABLE);

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
   * The target for commands that need Kafka and the registry.
   *
   * @param registryUrl null if the command line does not name one
   * @throws CommandException if only one of both is configured, or if neither is and no quickstart
   *     runs
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
   * The target for commands that need only Kafka.
   *
   * @throws CommandException if Kafka is not configured and no quickstart runs
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
      environment.clear(); // an explicitly named quickstart takes precedence
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
