package io.creditflow.schemas;

/** What can go wrong with a registry: it does not know, it says no, or it is away. */
public abstract sealed class SchemaRegistryException extends RuntimeException
    permits UnknownSchemaException, SchemaRejectedException, RegistryUnavailableException {
  private static final long serialVersionUID = 1L;

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without a stack trace, for what bad input can cause a hundred thousand times a second. */
  SchemaRegistryException(String message) {
    super(message, null, false, false);
  }
}
