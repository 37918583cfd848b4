package io.creditflow.schemas;

/** The registry answered no: an incompatible or invalid schema, a subject that it does not have. */
public final class SchemaRejectedException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  SchemaRejectedException(String message) {
    super(message, null);
  }
}
