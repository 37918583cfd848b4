package io.creditflow.api.configuration;

import java.util.Map;

/** A configuration that has been checked: every setting has a value of its type. */
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

  /** The value of a setting: what was given, else its default. */
  @SuppressWarnings("unchecked") // put there by the setting's own parser
  public <T> T get(Setting<T> setting) {
    return (T) values.get(setting);
  }

  /** What is handed to every Kafka client, by the client's own names; no bootstrap servers. */
  public Map<String, String> kafka() {
    return kafka;
  }

  /** What is handed to the registry's client, by its own names; no address. */
  public Map<String, String> registry() {
    return registry;
  }
}
