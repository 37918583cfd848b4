package io.creditflow.api.configuration;

import java.util.Locale;

/**
 * One configuration key: its name, what values it takes, its default and what it is for.
 *
 * @param key as written in a properties file, for example {@code creditflow.http.port}
 * @param form what values it takes
 * @param defaultText the value when none is given, in the form people write; null if one must be
 *     given; empty for "none"
 * @param meaning one or two sentences for the reference page
 * @param secret true if the value must never be shown
 */
public record Setting<T>(
    String key, ValueParser<T> form, String defaultText, String meaning, boolean secret) {
  static final String KEY_PREFIX = "creditflow.";
  static final String VARIABLE_PREFIX = "CREDITFLOW_";

  static <T> Setting<T> required(String key, ValueParser<T> form, String meaning) {
    return new Setting<>(KEY_PREFIX + key, form, null, meaning, false);
  }

  static <T> Setting<T> optional(
      String key, ValueParser<T> form, String defaultText, String meaning) {
    return new Setting<>(KEY_PREFIX + key, form, defaultText, meaning, false);
  }

  static <T> Setting<T> secret(String key, ValueParser<T> form, String meaning) {
    return new Setting<>(KEY_PREFIX + key, form, "", meaning, true);
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
