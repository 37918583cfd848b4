package io.creditflow.api.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;

/** Builds the properties of the Kafka clients and of the schema registry client. */
public final class ClientProperties {
  private static final Set<String> CLIENT_PREFIXES =
      Set.of("main.consumer.", "restore.consumer.", "consumer.", "producer.", "admin.");

  /** The bootstrap servers, separated by commas. */
  public static String bootstrapServers(Configuration configuration) {
    return String.join(",", configuration.get(Settings.KAFKA_BOOTSTRAP_SERVERS));
  }

  public static Map<String, Object> admin(Configuration configuration, String clientId) {
    return client(configuration, "admin.", clientId);
  }

  public static Map<String, Object> producer(Configuration configuration, String clientId) {
    return client(configuration, "producer.", clientId);
  }

  public static Map<String, Object> consumer(Configuration configuration, String clientId) {
    return client(configuration, "consumer.", clientId);
  }

  /** The settings without a client prefix, overridden by those with the given prefix. */
  private static Map<String, Object> client(
      Configuration configuration, String prefix, String clientId) {
    Map<String, Object> properties = new HashMap<>();
    configuration
        .kafka()
        .forEach(
            (name, value) -> {
              if (CLIENT_PREFIXES.stream().noneMatch(name::startsWith)) {
                properties.put(name, value);
              }
            });
    configuration
        .kafka()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()), value);
              }
            });
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(configuration));
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    return properties;
  }

  /** The properties for {@code io.creditflow.schemas.RegistryConfig}. */
  public static Map<String, Object> registry(Configuration configuration) {
    Map<String, Object> properties = new HashMap<>();
    configuration
        .registry()
        .forEach((name, value) -> properties.put("schema.registry." + name, value));
    properties.put(
        "schema.registry.url", String.join(",", configuration.get(Settings.REGISTRY_URL)));
    return properties;
  }

  private ClientProperties() {}
}
