package io.creditflow.api.configuration;

import java.util.Map;

/** A validated configuration: every setting has a value of its type. Immutable. */
public final class Configuration {
  private final Map<Setting<?>, Object> values;
  private final Map<String, String> kafka;
  private final Map<String, String> registry;

  Configuration(
      Map<Setting<?>, Object> values, Map<String, String> kafka, Map<String, String> registry) {
    this.values = Map.copyOf(values);
    this.kafka = Map.copyOf(kafka);
    this.registry = Map.copyOf(registry);
  }

  /** The configured value of a setting, else its default. */
  @SuppressWarnings("unchecked") // the parser of the setting made the value
  public <T> T get(Setting<T> setting) {
    return (T) values.get(setting);
  }

  /** Settings that are passed to Kafka clients, by Kafka's names, without bootstrap servers. */
  public Map<String, String> kafka() {
    return kafka;
  }

  /** Settings that are passed to the registry client, by its own names, without the URL. */
  public Map<String, String> registry() {
    return registry;
  }
}
