package io.creditflow.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry in memory, for tests of every module. Ids start at 1. */
public class InMemorySchemaRegistry implements SchemaRegistry {
  private final List<Schema> schemas = new ArrayList<>();

  /** The id of the schema, which is added if it is new. */
  public synchronized int add(Schema schema) {
    Schema plain = SourceSchema.of(schema);
    if (!schemas.contains(plain)) {
      schemas.add(plain);
    }
    return schemas.indexOf(plain) + 1;
  }

  @Override
  public synchronized Schema schemaById(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException("schema id " + id + " is not known");
    }
    return schemas.get(id - 1);
  }

  @Override
  public int register(String subject, Schema schema) {
    return add(schema);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    return add(schema);
  }

  @Override
  public synchronized Registered latest(String subject) {
    return new Registered(schemas.size(), schemas.get(schemas.size() - 1));
  }
}
