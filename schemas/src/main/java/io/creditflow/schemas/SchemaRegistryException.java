package io.creditflow.schemas;

/**
 * A failure of a registry request: the id is unknown, the request is refused, or the registry is
 * unavailable.
 */
public abstract sealed class SchemaRegistryException extends RuntimeException
    permits UnknownSchemaException, SchemaRejectedException, RegistryUnavailableException {
  private static final long serialVersionUID = 1L;

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Without a stack trace: bad input can cause this exception a hundred thousand times a second.
   */
  SchemaRegistryException(String message) {
    super(message, null, false, false);
  }
}
