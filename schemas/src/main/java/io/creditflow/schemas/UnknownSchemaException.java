package io.creditflow.schemas;

/** The registry answered that it has no Avro schema with this id. A retry does not help. */
public final class UnknownSchemaException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  UnknownSchemaException(String message) {
    super(message);
  }
}
