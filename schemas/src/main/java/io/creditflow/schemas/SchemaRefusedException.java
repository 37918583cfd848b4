package io.creditflow.schemas;

/** The registry answered no: an incompatible or invalid schema, a subject that it does not have. */
public final class SchemaRefusedException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  SchemaRefusedException(String message) {
    super(message, null);
  }
}
