package io.creditflow.api.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;

/** What Kafka's clients and the registry's client are configured with. */
public final class ClientProperties {
  private static final Set<String> OTHER_CLIENTS =
      Set.of("main.consumer.", "restore.consumer.", "consumer.", "producer.", "admin.");

  /** The brokers to begin with, as clients take them. */
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

  /** Settings without a prefix, overlaid by those that name this kind of client. */
  private static Map<String, Object> client(
      Configuration configuration, String prefix, String clientId) {
    Map<String, Object> properties = new HashMap<>();
    configuration
        .kafka()
        .forEach(
            (name, value) -> {
              if (OTHER_CLIENTS.stream().noneMatch(name::startsWith)) {
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

  /** As {@code io.creditflow.schemas.RegistryConfig} takes it. */
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
