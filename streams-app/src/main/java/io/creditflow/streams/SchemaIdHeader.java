package io.creditflow.streams;

import io.creditflow.event.SourceRecord;
import java.util.List;
import java.util.Set;

/**
 * Headers in which some serializers write the schema id, instead of writing it before the value.
 */
final class SchemaIdHeader {
  private static final Set<String> NAMES =
      Set.of("__value_schema_id", "apicurio.value.globalId", "apicurio.value.contentId");

  private SchemaIdHeader() {}

  /**
   * A hint for the producer of an undecodable value, to be appended to the detail of its rejection.
   *
   * @return empty if no header holds a schema id
   */
  static String hint(List<SourceRecord.Header> headers) {
    for (SourceRecord.Header header : headers) {
      if (NAMES.contains(header.name())) {
        return ". The schema id stands in the header %s; it must stand before the value"
                .formatted(header.name())
            + " (Confluent: value.schema.id.serializer=io.confluent.kafka.serializers.schema.id."
            + "PrefixSchemaIdSerializer, Apicurio: apicurio.registry.headers.enabled=false)";
      }
    }
    return "";
  }
}
