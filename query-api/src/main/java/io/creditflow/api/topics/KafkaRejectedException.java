package io.creditflow.api.topics;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * Kafka refused the connection or a request. The message has the cause and the settings to check.
 */
public final class KafkaRejectedException extends RuntimeException {
  private KafkaRejectedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes the exception for a failed client.
   *
   * @param bootstrapServers the configured bootstrap servers
   * @param cause the exception of the client
   */
  public static KafkaRejectedException of(String bootstrapServers, Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return new KafkaRejectedException(
        "Kafka at " + bootstrapServers + " cannot be used: " + reason + ". " + remedy(cause),
        cause);
  }

  private static String remedy(Throwable cause) {
    if (cause instanceof SaslAuthenticationException) {
      return "Check the user and the password in creditflow.kafka.sasl.jaas.config, and that"
          + " creditflow.kafka.sasl.mechanism is supported by the brokers.";
    }
    if (cause instanceof SslAuthenticationException) {
      return "Check creditflow.kafka.ssl.truststore.* (is the brokers' certificate trusted, and"
          + " does it contain their host names?) and, if the brokers require client certificates,"
          + " creditflow.kafka.ssl.keystore.*.";
    }
    if (cause instanceof AuthorizationException) {
      return "Grant this instance's user the permissions in docs/security.md.";
    }
    return "Check creditflow.kafka.*; docs/configuration.md describes these settings.";
  }
}
