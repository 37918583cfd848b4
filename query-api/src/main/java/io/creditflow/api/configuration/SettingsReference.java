package io.creditflow.api.configuration;

/** Generates docs/configuration.md from the declared settings. */
public final class SettingsReference {
  private static final String HEAD =
      """
      # Configuration

      <!-- Generated from io.creditflow.api.configuration.Settings. To generate it again:
           ./mvnw -pl query-api -am test -Dtest=SettingsReferenceTest -Dcreditflow.docs.write=true \
      -Dsurefire.failIfNoSpecifiedTests=false -->

      Every setting can be given as an environment variable or in a properties file
      (`java -jar creditflow.jar --config FILE`, or `CREDITFLOW_CONFIG=FILE`). The variable is the key in
      capitals with `_` for `.` and `-`; it takes precedence over the file. An unknown key, a misspelt
      `CREDITFLOW_` variable or an invalid value stops the start with a message that lists all problems.
      `java -jar creditflow.jar config --check` checks a configuration without starting anything.
      """;

  private static final String PASS_THROUGH =
      """

      ## Passed on to the clients

      | key | goes to |
      | --- | --- |
      | `creditflow.kafka.NAME` | every Kafka client, as `NAME`: `creditflow.kafka.security.protocol=SASL_SSL`, \
      `creditflow.kafka.sasl.jaas.config=...`, `creditflow.kafka.ssl.truststore.location=...`; with `consumer.`, \
      `main.consumer.`, `restore.consumer.`, `producer.` or `admin.` before the name, to that client only. As a variable: \
      `CREDITFLOW_KAFKA_SECURITY_PROTOCOL`. Names unknown to Kafka are refused, and so are those that Creditflow \
      sets itself (processing guarantee, group id and the like). |
      | `creditflow.registry.NAME` | the schema registry's client: `basic.auth.credentials.source`, `basic.auth.user.info`, \
      `bearer.auth.credentials.source`, `bearer.auth.token`, `ssl.*`, `http.connect.timeout.ms`, `http.read.timeout.ms` and \
      the others of `io.creditflow.schemas.RegistryConfig` |

      On Kubernetes a Service named `creditflow` puts variables such as `CREDITFLOW_SERVICE_HOST` into every pod of its
      namespace. Set `enableServiceLinks: false` in the pod; otherwise they are refused as unknown settings.
      """;

  /** The page as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (SettingGroup group : SettingGroup.ALL) {
      page.append("\n## ").append(group.title()).append("\n\n");
      page.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
      for (Setting<?> setting : group.settings()) {
        page.append("| `").append(setting.key()).append("` | ");
        page.append(setting.parser().description().replace("|", "\\|")).append(" | ");
        page.append(defaultOf(setting)).append(" | ").append(setting.meaning()).append(" |\n");
      }
    }
    return page.append(PASS_THROUGH).toString();
  }

  private static String defaultOf(Setting<?> setting) {
    if (setting.isRequired()) {
      return "required";
    }
    return setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
  }

  private SettingsReference() {}
}
