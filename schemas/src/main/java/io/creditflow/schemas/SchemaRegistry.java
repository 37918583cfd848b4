package io.creditflow.schemas;

import org.apache.avro.Schema;

/** Where schemas are kept under ids: what the serde needs of a registry. Safe for many threads. */
public interface SchemaRegistry {

  /**
   * The schema that was registered under an id; remembered, as an id never changes its meaning.
   *
   * @throws UnknownSchemaException no Avro schema is known by this id
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  Schema schemaById(int id);

  /** As {@link #schemaById}; asks even if the id was found to be unknown a moment ago. */
  default Schema refetchSchemaById(int id) {
    return schemaById(id);
  }

  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return the schema's id
   * @throws SchemaRejectedException the registry does not take this schema (incompatible, invalid)
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  int register(String subject, Schema schema);

  /**
   * The id under which a subject already has this schema.
   *
   * @throws SchemaRejectedException the subject does not have it
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  int lookUp(String subject, Schema schema);

  /**
   * The newest schema of a subject.
   *
   * @throws SchemaRejectedException the subject has none
   * @throws RegistryUnavailableException the registry gave no answer; asking later may help
   */
  Registered latest(String subject);

  /** A schema and the id that the registry gave it. */
  record Registered(int id, Schema schema) {}
}
