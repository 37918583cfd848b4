package io.creditflow.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  @TempDir Path directory;

  @Test
  void everythingHasADefaultButTheBrokersTheRegistryAndTheKeys() {
    Configuration configuration = ConfigurationReader.read(null, environment());

    assertThat(configuration.get(Settings.PARTITIONS)).isEqualTo(12);
    assertThat(configuration.get(Settings.ACCEPTED_AGE)).isEqualTo(Duration.ofDays(35));
    assertThat(configuration.get(Settings.PRICE_LEAD))
        .containsExactly(new EffectivePrice(1, Instant.EPOCH));
    assertThat(configuration.get(Settings.PEER_SECRET)).isEqualTo(Optional.empty());
    assertThat(problemsOf(Map.of()))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("creditflow.kafka.bootstrap.servers"))
        .anyMatch(problem -> problem.startsWith("creditflow.registry.url"))
        .anyMatch(problem -> problem.startsWith("creditflow.auth.jwks"));
  }

  @Test
  void aVariableWinsOverTheFile() throws IOException {
    Path file = directory.resolve("creditflow.properties");
    Files.writeString(file, "creditflow.partitions=3\ncreditflow.http.port=1234\n");

    Configuration configuration =
        ConfigurationReader.read(file, environment("CREDITFLOW_HTTP_PORT", "4321"));

    assertThat(configuration.get(Settings.PARTITIONS)).isEqualTo(3);
    assertThat(configuration.get(Settings.HTTP_PORT)).isEqualTo(4321);
  }

  @Test
  void allProblemsAreNamedAtOnce() throws IOException {
    Path file = directory.resolve("creditflow.properties");
    Files.writeString(file, "creditflow.partitons=3\ncreditflow.threads=0\n");

    assertThatThrownBy(
            () ->
                ConfigurationReader.read(
                    file,
                    environment(
                        "CREDITFLOW_HTTP_PROT", "1",
                        "CREDITFLOW_COMMIT_INTERVAL", "soon",
                        "CREDITFLOW_REGISTRY_URL", "ftp://me:hunter2/@r",
                        "CREDITFLOW_PEER_SECRET", "tooshort")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("6 configuration problems")
        .hasMessageContaining("creditflow.partitons")
        .hasMessageContaining("did you mean creditflow.partitions?")
        .hasMessageContaining("creditflow.threads (from " + file + ") = \"0\": out of bounds")
        .hasMessageContaining("CREDITFLOW_HTTP_PROT")
        .hasMessageContaining("did you mean CREDITFLOW_HTTP_PORT?")
        .hasMessageContaining("CREDITFLOW_COMMIT_INTERVAL (from the environment) = \"soon\"")
        .hasMessageContaining("ftp://(not shown)@r")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("tooshort");
  }

  @Test
  void kafkaSettingsArriveUnderTheClientsOwnNames() throws IOException {
    Path file = directory.resolve("creditflow.properties");
    Files.writeString(
        file,
        "creditflow.kafka.ssl.truststore.location=/t\ncreditflow.kafka.producer.linger.ms=9\n");

    Configuration configuration =
        ConfigurationReader.read(
            file,
            environment(
                "CREDITFLOW_KAFKA_SASL_MECHANISM", "PLAIN",
                "CREDITFLOW_REGISTRY_BASIC_AUTH_USER_INFO", "u:p"));

    assertThat(configuration.kafka())
        .isEqualTo(
            Map.of(
                "sasl.mechanism", "PLAIN",
                "ssl.truststore.location", "/t",
                "producer.linger.ms", "9"));
    assertThat(configuration.registry()).isEqualTo(Map.of("basic.auth.user.info", "u:p"));
    assertThat(configuration.get(Settings.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("k1:9092");
  }

  @Test
  void kafkaSettingsThatWouldBreakTheCountingAreRefused() {
    assertThat(problemsOf(environment("CREDITFLOW_KAFKA_PROCESSING_GUARANTEE", "at_least_once")))
        .singleElement()
        .asString()
        .contains("Creditflow sets processing.guarantee itself");
    assertThat(problemsOf(environment("CREDITFLOW_KAFKA_SASL_MECHANISMS", "PLAIN")))
        .singleElement()
        .asString()
        .contains("did you mean CREDITFLOW_KAFKA_SASL_MECHANISM?");
  }

  @Test
  void pricesMayChangeAtAnInstant() {
    Configuration configuration =
        ConfigurationReader.read(
            null, environment("CREDITFLOW_PRICE_LEAD_SOURCED", "1, 2@2027-01-01T00:00:00Z"));

    assertThat(configuration.get(Settings.PRICE_LEAD))
        .isEqualTo(
            List.of(
                new EffectivePrice(1, Instant.EPOCH),
                new EffectivePrice(2, Instant.parse("2027-01-01T00:00:00Z"))));
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThat(problemsOf(environment("CREDITFLOW_MANAGEMENT_PORT", "8080"))).hasSize(1);
    assertThat(problemsOf(environment("CREDITFLOW_ALERT_QUOTA", "1,0.8"))).hasSize(1);
  }

  private static List<String> problemsOf(Map<String, String> environment) {
    try {
      ConfigurationReader.read(null, environment);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/bin");
    environment.put("CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", "k1:9092");
    environment.put("CREDITFLOW_REGISTRY_URL", "http://r:8081");
    environment.put("CREDITFLOW_AUTH_JWKS", "jwks.json");
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }
}
