package io.creditflow.schemas;

/**
 * The registry refused the request: the schema is incompatible or invalid, or the subject is
 * unknown.
 */
public final class SchemaRejectedException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  SchemaRejectedException(String message) {
    super(message, null);
  }
}
