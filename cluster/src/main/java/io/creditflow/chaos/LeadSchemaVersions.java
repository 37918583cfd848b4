package io.creditflow.chaos;

import io.creditflow.events.LeadSourced;
import io.creditflow.schemas.RegistryUnavailableException;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * Newer versions of the lead schema, as an upstream producer would register them. Each version adds
 * an optional field.
 */
final class LeadSchemaVersions {
  private static final Schema OPTIONAL_TEXT =
      SchemaBuilder.unionOf().nullType().and().stringType().endUnion();
  private static final int ID_AT = 1;

  private final SchemaRegistry registry;
  private volatile LeadSchemaVersion newest;

  /**
   * A version newer than Creditflow's own.
   *
   * @param id the schema id in the registry
   * @param added number of added fields
   */
  private record LeadSchemaVersion(int id, int added) {}

  LeadSchemaVersions(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * Registers the next version, with which leads are written from then on. Returns false if the
   * registry is unavailable.
   */
  boolean registerNext() {
    int added = newest == null ? 1 : newest.added + 1;
    try {
      newest =
          new LeadSchemaVersion(
              registry.register(Topics.LEAD_SOURCED + "-value", schema(added)), added);
      return true;
    } catch (RegistryUnavailableException away) {
      return false;
    }
  }

  /**
   * Converts a lead to the newest version by appending the values of the added fields, which are
   * the last fields.
   *
   * @param value the lead in Creditflow's own schema, in the wire format
   */
  byte[] written(byte[] value, long number) {
    LeadSchemaVersion version = newest;
    if (version == null) {
      return value;
    }
    byte[] text = ("n" + number).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(value.length + version.added * (text.length + 2));
    bytes.put(value).putInt(ID_AT, version.id);
    for (int field = 0; field < version.added; field++) {
      if ((number + field) % 2 == 0) {
        bytes.put((byte) 0); // the union's branch 0: null
      } else {
        bytes.put((byte) 2).put((byte) (text.length * 2)).put(text);
      }
    }
    bytes.flip();
    byte[] written = new byte[bytes.remaining()];
    bytes.get(written);
    return written;
  }

  private static Schema schema(int added) {
    Schema ours = LeadSourced.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    ours.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    for (int number = 1; number <= added; number++) {
      fields.add(
          new Schema.Field("added" + number, OPTIONAL_TEXT, null, JsonProperties.NULL_VALUE));
    }
    return Schema.createRecord(ours.getName(), ours.getDoc(), ours.getNamespace(), false, fields);
  }
}
