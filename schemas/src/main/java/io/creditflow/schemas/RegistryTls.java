package io.creditflow.schemas;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Creates the TLS context for the registry from {@code schema.registry.ssl.*}. Kafka's own code
 * reads the settings, so trust and key stores work as for a broker connection (JKS, PKCS12, PEM).
 */
final class RegistryTls {
  private static final String PREFIX = RegistryConfig.PREFIX + "ssl.";

  private RegistryTls() {}

  /** Empty if nothing is configured; the JVM's default trust store then applies. */
  static Optional<SSLContext> from(Map<String, ?> configs) {
    Map<String, Object> settings = new HashMap<>();
    configs.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            settings.put(key.substring(RegistryConfig.PREFIX.length()), value);
          }
        });
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    Object hostCheck = settings.remove(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    if (hostCheck != null && !hostCheck.toString().equalsIgnoreCase("https")) {
      throw new ConfigException(
          RegistryConfig.PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          hostCheck,
          "the registry's host name is always checked; give its certificate that name");
    }
    return Optional.of(context(settings));
  }

  private static SSLContext context(Map<String, Object> settings) {
    ConfigDef known = new ConfigDef();
    SslConfigs.addClientSslSupport(known);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(known.parse(settings));
      return factory.sslContext();
    } catch (RuntimeException e) {
      ConfigException invalid =
          new ConfigException("Bad " + PREFIX + "* configuration: " + e.getMessage());
      invalid.initCause(e);
      throw invalid;
    }
  }
}
