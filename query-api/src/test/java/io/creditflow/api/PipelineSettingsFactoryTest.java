package io.creditflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.engine.EngineConfig;
import io.creditflow.usage.Activity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineSettingsFactoryTest {
  @Test
  void theSettingsDefaultsAreTheEnginesStandard() {
    Configuration configuration =
        ConfigurationReader.read(
            null,
            Map.of(
                "CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", "k1:9092",
                "CREDITFLOW_REGISTRY_URL", "http://r:8081",
                "CREDITFLOW_AUTH_JWKS", "jwks.json"));

    EngineConfig rules =
        PipelineSettingsFactory.settings(configuration, "id", "host:8080", 12).engineConfig();

    assertThat(rules.acceptance()).isEqualTo(EngineConfig.STANDARD.acceptance());
    assertThat(rules.alerts()).isEqualTo(EngineConfig.STANDARD.alerts());
    for (Activity activity : Activity.values()) {
      assertThat(rules.prices().at(0, activity))
          .isEqualTo(EngineConfig.STANDARD.prices().at(0, activity));
    }
  }
}
