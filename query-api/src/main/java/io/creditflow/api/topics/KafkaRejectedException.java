package io.creditflow.api.topics;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Kafka will not have us, or not so: says what it said, where, and which settings to look at. */
public final class KafkaRejectedException extends RuntimeException {
  private KafkaRejectedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Whatever a client's first steps ended with.
   *
   * @param bootstrapServers as configured
   */
  public static KafkaRejectedException of(String bootstrapServers, Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String said = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return new KafkaRejectedException(
        "Kafka at " + bootstrapServers + " cannot be used: " + said + ". " + remedy(cause), cause);
  }

  private static String remedy(Throwable cause) {
    if (cause instanceof SaslAuthenticationException) {
      return "Check user and password in creditflow.kafka.sasl.jaas.config, and that"
          + " creditflow.kafka.sasl.mechanism is one that the brokers offer.";
    }
    if (cause instanceof SslAuthenticationException) {
      return "Check creditflow.kafka.ssl.truststore.* (does it trust the brokers' certificate, is"
          + " their name in it?) and, where brokers ask for a certificate,"
          + " creditflow.kafka.ssl.keystore.*.";
    }
    if (cause instanceof AuthorizationException) {
      return "Grant this instance's user what docs/security.md lists.";
    }
    return "Check creditflow.kafka.*; docs/configuration.md says how they are given.";
  }
}
