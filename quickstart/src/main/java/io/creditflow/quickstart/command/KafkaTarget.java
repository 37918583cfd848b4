package io.creditflow.quickstart.command;

import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.RegistryConfig;
import java.util.Map;

/** The Kafka and the schema registry that a command uses, as client settings. */
final class KafkaTarget {
  private final Configuration configuration;

  KafkaTarget(Configuration configuration) {
    this.configuration = configuration;
  }

  String bootstrapServers() {
    return ClientProperties.bootstrapServers(configuration);
  }

  String applicationId() {
    return configuration.get(Settings.APPLICATION_ID);
  }

  /** The first address of the schema registry. */
  String registryUrl() {
    return configuration.get(Settings.REGISTRY_URL).get(0);
  }

  HttpSchemaRegistry registry() {
    return new HttpSchemaRegistry(RegistryConfig.from(ClientProperties.registry(configuration)));
  }

  /** The settings of an admin client. {@code more} overrides the configuration. */
  Map<String, Object> admin(Map<String, Object> more) {
    return with(ClientProperties.admin(configuration, "creditflow-command"), more);
  }

  /** The settings of a producer. {@code more} overrides the configuration. */
  Map<String, Object> producer(Map<String, Object> more) {
    return with(ClientProperties.producer(configuration, "creditflow-command"), more);
  }

  /** The settings of a consumer without a group that reads committed records from the beginning. */
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
}
