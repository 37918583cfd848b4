package io.creditflow.schemas;

/** No Avro schema is known by this id: the registry answered, and asking again will not help. */
public final class UnknownSchemaException extends SchemaRegistryException {
  private static final long serialVersionUID = 1L;

  UnknownSchemaException(String message) {
    super(message);
  }
}
