package io.creditflow.api.configuration;

import java.util.Locale;

/**
 * A setting: its key, its valid values, its default and its description.
 *
 * @param key the key in a properties file, for example {@code creditflow.http.port}
 * @param parser parses and describes the valid values
 * @param defaultText the default as text; null if the setting is required; empty for "none"
 * @param meaning one or more sentences for docs/configuration.md
 * @param secret whether the value must not appear in any output
 */
public record Setting<T>(
    String key, ValueParser<T> parser, String defaultText, String meaning, boolean secret) {
  static final String KEY_PREFIX = "creditflow.";
  static final String VARIABLE_PREFIX = "CREDITFLOW_";

  static <T> Setting<T> required(String key, ValueParser<T> parser, String meaning) {
    return new Setting<>(KEY_PREFIX + key, parser, null, meaning, false);
  }

  static <T> Setting<T> optional(
      String key, ValueParser<T> parser, String defaultText, String meaning) {
    return new Setting<>(KEY_PREFIX + key, parser, defaultText, meaning, false);
  }

  static <T> Setting<T> secret(String key, ValueParser<T> parser, String meaning) {
    return new Setting<>(KEY_PREFIX + key, parser, "", meaning, true);
  }

  boolean isRequired() {
    return defaultText == null;
  }

  /** The environment variable of the same setting, for example {@code CREDITFLOW_HTTP_PORT}. */
  public String variable() {
    return variableOf(key);
  }

  static String variableOf(String key) {
    return VARIABLE_PREFIX
        + key.substring(KEY_PREFIX.length())
            .toUpperCase(Locale.ROOT)
            .replace('.', '_')
            .replace('-', '_');
  }
}
