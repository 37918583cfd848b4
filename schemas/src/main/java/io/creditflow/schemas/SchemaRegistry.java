package io.creditflow.schemas;

import org.apache.avro.Schema;

/** The operations of a schema registry that the serde uses. Thread-safe. */
public interface SchemaRegistry {

  /**
   * The schema with an id. The result is cached, because the schema of an id never changes.
   *
   * @throws UnknownSchemaException if the registry has no Avro schema with this id
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  Schema schemaById(int id);

  /**
   * As {@link #schemaById}, but asks the registry even if the cache says that the id is unknown.
   */
  default Schema refetchSchemaById(int id) {
    return schemaById(id);
  }

  /**
   * Registers a schema under a subject, unless the subject already has it.
   *
   * @return the schema's id
   * @throws SchemaRejectedException if the registry refuses the schema as incompatible or invalid
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  int register(String subject, Schema schema);

  /**
   * The id of a schema that the subject already has.
   *
   * @throws SchemaRejectedException if the subject does not have the schema
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  int lookUp(String subject, Schema schema);

  /**
   * The newest schema of a subject.
   *
   * @throws SchemaRejectedException if the subject has no schema
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  Registered latest(String subject);

  /** A schema and the id that the registry gave it. */
  record Registered(int id, Schema schema) {}
}
