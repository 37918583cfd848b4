package io.creditflow.api.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the configuration from a properties file and from {@code CREDITFLOW_*} variables, which
 * take precedence. Reports all problems together.
 */
public final class ConfigurationReader {
  /** The environment variable that names a properties file, as {@code --config} does. */
  public static final String FILE_VARIABLE = "CREDITFLOW_CONFIG";

  private final PassThroughSettings kafka = PassThroughSettings.kafka();
  private final PassThroughSettings registry = PassThroughSettings.registry();
  private final Map<String, Setting<?>> byKey = new HashMap<>();
  private final Map<String, Setting<?>> byVariable = new HashMap<>();

  private final Map<Setting<?>, Given> given = new HashMap<>();
  private final Map<String, String> kafkaProperties = new TreeMap<>();
  private final Map<String, String> registryProperties = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A configured value.
   *
   * @param name the key or the variable
   * @param text the value before parsing
   * @param source the file, or "the environment"
   */
  private record Given(String name, String text, String source) {}

  private ConfigurationReader() {
    SettingGroup.settingsOfAll()
        .forEach(
            setting -> {
              byKey.put(setting.key(), setting);
              byVariable.put(setting.variable(), setting);
            });
  }

  /**
   * @param file a properties file in UTF-8; null for none
   * @param environment the environment variables; those without the prefix are ignored
   * @throws ConfigurationException if there is any problem
   */
  public static Configuration read(Path file, Map<String, String> environment) {
    ConfigurationReader reader = new ConfigurationReader();
    Path chosen = file;
    if (chosen == null && environment.containsKey(FILE_VARIABLE)) {
      chosen = Path.of(environment.get(FILE_VARIABLE));
    }
    if (chosen != null) {
      reader.readFile(chosen);
    }
    reader.readEnvironment(environment);
    return reader.finish();
  }

  private void readFile(Path file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(file + ": cannot be read as a properties file (" + e + ")");
      return;
    }
    for (String key : new TreeMap<>(properties).keySet().toArray(new String[0])) {
      accept(key, properties.getProperty(key), file.toString(), byKey.get(key));
    }
  }

  private void readEnvironment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              if (name.startsWith(Setting.VARIABLE_PREFIX) && !name.equals(FILE_VARIABLE)) {
                accept(name, text, "the environment", byVariable.get(name));
              }
            });
  }

  private void accept(String name, String text, String source, Setting<?> setting) {
    if (setting != null) {
      given.put(setting, new Given(name, text.strip(), source));
      return;
    }
    for (PassThroughSettings client : List.of(kafka, registry)) {
      Optional<String> own = client.nameOf(name);
      if (own.isPresent()) {
        (client.equals(kafka) ? kafkaProperties : registryProperties).put(own.get(), text);
        return;
      }
      Optional<String> owned = client.ownedNameOf(name);
      if (owned.isPresent()) {
        problems.add(name + " (from " + source + "): Creditflow sets " + owned.get() + " itself");
        return;
      }
    }
    problems.add(name + " (from " + source + "): no such setting" + didYouMean(name));
  }

  private String didYouMean(String name) {
    boolean isVariable = name.startsWith(Setting.VARIABLE_PREFIX);
    Stream<String> own = SettingGroup.settingsOfAll().map(Setting::key);
    Stream<String> passed =
        Stream.of(kafka, registry)
            .filter(client -> client.covers(name))
            .flatMap(client -> client.names().stream().map(client.prefix()::concat));
    Optional<String> nearest =
        Suggestions.nearest(
            name,
            Stream.concat(own, passed)
                .map(key -> isVariable ? Setting.variableOf(key) : key)
                .collect(Collectors.toList()));
    return nearest.map(near -> "; did you mean " + near + "?").orElse("");
  }

  private Configuration finish() {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    SettingGroup.settingsOfAll()
        .forEach(setting -> parse(setting).ifPresent(v -> values.put(setting, v)));
    if (problems.isEmpty()) {
      checkTogether(new Configuration(values, kafkaProperties, registryProperties));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Configuration(values, kafkaProperties, registryProperties);
  }

  private Optional<Object> parse(Setting<?> setting) {
    Given source = given.get(setting);
    boolean isBlank = source == null || source.text().isEmpty();
    if (isBlank && setting.isRequired()) {
      problems.add(
          setting.key()
              + " (or "
              + setting.variable()
              + "): missing; give "
              + setting.parser().description());
      return Optional.empty();
    }
    String text = isBlank ? setting.defaultText() : source.text();
    try {
      return Optional.of(setting.parser().parse(text));
    } catch (RuntimeException e) {
      String shown = setting.secret() ? "(not shown)" : "\"" + withoutPassword(text) + "\"";
      String where =
          source == null ? setting.key() : source.name() + " (from " + source.source() + ")";
      problems.add(
          where
              + " = "
              + shown
              + ": "
              + withoutPassword(reason(e))
              + "; give "
              + setting.parser().description());
      return Optional.empty();
    }
  }

  /** Removes user and password from a URL such as {@code https://user:password@host}. */
  private static String withoutPassword(String text) {
    return text.replaceAll("//.*@", "//(not shown)@");
  }

  private static String reason(RuntimeException e) {
    return e instanceof ArithmeticException || e.getMessage() == null
        ? "out of bounds"
        : e.getMessage().toLowerCase(Locale.ROOT);
  }

  /** Checks the rules that concern several values together. */
  private void checkTogether(Configuration configuration) {
    int http = configuration.get(Settings.HTTP_PORT);
    if (http != 0 && http == configuration.get(Settings.MANAGEMENT_PORT)) {
      problems.add(
          Settings.MANAGEMENT_PORT.key()
              + " = \""
              + http
              + "\": the same as "
              + Settings.HTTP_PORT.key()
              + "; give another port, metrics must not be public");
    }
    requireOrder(configuration, Settings.ALERT_QUOTA, false);
    requireOrder(configuration, Settings.ALERT_LOW_BALANCE, true);
    requireOrder(configuration, Settings.ALERT_EXPIRY_DAYS, true);
  }

  private void requireOrder(
      Configuration configuration, Setting<List<Double>> setting, boolean isDescending) {
    List<Double> values = configuration.get(setting);
    for (int i = 1; i < values.size(); i++) {
      int order = Double.compare(values.get(i - 1), values.get(i));
      if (isDescending ? order <= 0 : order >= 0) {
        problems.add(
            setting.key()
                + " = \""
                + values
                + "\": not in order; give "
                + setting.parser().description());
        return;
      }
    }
  }
}
