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
 * Restores a schema to the form of its {@code .avsc} file, without the properties that Avro's Java
 * code generator adds.
 *
 * <p>Schemas of generated classes have {@code avro.java.string} on every string. With that
 * property, the registry would store them as a schema other than the one that producers in other
 * languages register.
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

  /**
   * Parses a schema from the registry. Names and defaults are not validated: their author is
   * responsible for them.
   */
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
