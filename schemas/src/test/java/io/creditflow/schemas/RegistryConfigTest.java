package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {
  private static final String URL = "schema.registry.url";

  @Test
  void namesMayCarryConfluentsPrefix() {
    RegistryConfig config =
        RegistryConfig.from(
            Map.of(URL, "http://a:1/x/, https://b", "schema.registry.http.read.timeout.ms", "70"));

    assertThat(config.endpoints())
        .extracting(Object::toString)
        .containsExactly("http://a:1/x", "https://b");
    assertThat(config.readTimeout()).isEqualTo(Duration.ofMillis(70));
  }

  @Test
  void valuesMayBeListsAndPasswords() {
    RegistryConfig config =
        RegistryConfig.from(
            Map.of(
                URL,
                List.of("http://a", "http://b"),
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                new Password("me:secret")));

    assertThat(config.endpoints()).hasSize(2);
    assertThat(config.endpoints().get(1).authorization()).contains("Basic bWU6c2VjcmV0");
    assertThat(config.toString()).doesNotContain("secret").doesNotContain("bWU6c2VjcmV0");
  }

  @Test
  void aStaticBearerTokenIsSentAsSuch() {
    RegistryConfig config =
        RegistryConfig.from(
            Map.of(
                URL,
                "http://a",
                "bearer.auth.credentials.source",
                "STATIC_TOKEN",
                "bearer.auth.token",
                "t"));

    assertThat(config.endpoints().get(0).authorization()).contains("Bearer t");
  }

  @Test
  void badValuesAreRefusedByName() {
    refused(Map.of(), URL);
    refused(Map.of(URL, "localhost:8081"), URL);
    refused(Map.of(URL, "ftp://a"), URL);
    refused(Map.of(URL, "http://a", "max.retries", "many"), "max.retries");
    refused(Map.of(URL, "http://a", "max.retries", -1), "max.retries");
    refused(
        Map.of(URL, "http://a", "basic.auth.credentials.source", "SASL_INHERIT"),
        "basic.auth.credentials.source");
    refused(
        Map.of(URL, "http://a", "basic.auth.credentials.source", "USER_INFO"),
        "basic.auth.user.info");
    refused(
        Map.of(URL, "https://a", "schema.registry.ssl.truststore.location", "/no/such/file"),
        "schema.registry.ssl");
    refused(
        Map.of(URL, "https://a", "schema.registry.ssl.endpoint.identification.algorithm", ""),
        "schema.registry.ssl.endpoint.identification.algorithm");
  }

  @Test
  void aPasswordInABadAddressIsNotRepeated() {
    assertThatThrownBy(() -> RegistryConfig.from(Map.of(URL, "http://me:secret@a b")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("secret");
  }

  private static void refused(Map<String, ?> configs, String key) {
    assertThatThrownBy(() -> RegistryConfig.from(configs))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }
}
