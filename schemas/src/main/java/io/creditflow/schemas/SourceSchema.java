package io.creditflow.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;

/**
 * A schema as its {@code .avsc} file says it, without what the Java code generator adds.
 *
 * <p>Generated classes carry {@code avro.java.string} on every string. Registered like that it
 * would be another schema than the one that producers in other languages register.
 */
final class SourceSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SourceSchema() {}

  static Schema of(Schema schema) {
    try {
      JsonNode tree = JSON.readTree(schema.toString());
      strip(tree);
      return parse(tree.toString());
    } catch (JsonProcessingException e) {
      throw new SchemaParseException(e);
    }
  }

  /** Parses what someone else wrote: names and defaults are their concern, not ours. */
  static Schema parse(String json) {
    return lenientParser().parse(json);
  }

  static Schema.Parser lenientParser() {
    return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
    }
    node.forEach(SourceSchema::strip);
  }
}
