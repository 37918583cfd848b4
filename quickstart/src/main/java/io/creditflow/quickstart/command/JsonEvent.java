package io.creditflow.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.commandline.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * An event that is parsed from JSON. Instants have RFC 3339 form, optional fields may be missing,
 * and a missing eventId or occurredAt is generated.
 */
final class JsonEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GenericRecord record;

  private JsonEvent(GenericRecord record) {
    this.record = record;
  }

  /**
   * @throws CommandException if the JSON does not fit the schema; the message names the field
   */
  static JsonEvent parse(String json, Schema schema, Clock clock) {
    JsonNode object = tree(json);
    if (!object.isObject()) {
      throw new CommandException("the event must be a JSON object");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (schema.getField(name) == null) {
        throw new CommandException(
            schema.getName()
                + " has no field \""
                + name
                + "\"; it has "
                + schema.getFields().stream().map(Field::name).toList());
      }
    }
    GenericRecord record = new GenericData.Record(schema);
    for (Field field : schema.getFields()) {
      JsonNode given = object.path(field.name());
      record.put(
          field.pos(),
          given.isMissingNode() ? absent(field, clock) : value(given, field.schema(), field));
    }
    return new JsonEvent(record);
  }

  String text(String field) {
    return record.get(field).toString();
  }

  byte[] avro() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new CommandException("not JSON: " + e.getOriginalMessage());
    }
  }

  private static Object absent(Field field, Clock clock) {
    if (field.hasDefaultValue()) {
      return GenericData.get().getDefaultValue(field);
    } else if (field.name().equals("eventId")) {
      return UUID.randomUUID().toString();
    } else if (field.name().equals("occurredAt")) {
      return clock.millis();
    }
    throw new CommandException("\"" + field.name() + "\" is missing");
  }

  private static Object value(JsonNode given, Schema schema, Field field) {
    if (schema.getType() == Schema.Type.UNION) {
      return given.isNull() ? null : value(given, schema.getTypes().get(1), field);
    } else if (schema.getLogicalType() != null && given.isTextual()) {
      return instant(given.asText(), field);
    } else if (!fits(given, schema)) {
      throw new CommandException(
          "\"" + field.name() + "\": " + given + " is not " + expected(schema));
    }
    return switch (schema.getType()) {
      case STRING -> given.asText();
      case ENUM -> new GenericData.EnumSymbol(schema, given.asText());
      case LONG -> given.asLong();
      default -> given.asInt();
    };
  }

  private static boolean fits(JsonNode given, Schema schema) {
    return switch (schema.getType()) {
      case STRING -> given.isTextual();
      case ENUM -> given.isTextual() && schema.getEnumSymbols().contains(given.asText());
      case LONG -> given.isIntegralNumber() && given.canConvertToLong();
      case INT -> given.isIntegralNumber() && given.canConvertToInt();
      default -> false;
    };
  }

  private static long instant(String text, Field field) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new CommandException(
          "\"" + field.name() + "\": \"" + text + "\" is not an instant like 2026-01-31T08:00:00Z");
    }
  }

  private static String expected(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> "text";
      case ENUM -> "one of " + schema.getEnumSymbols();
      case LONG -> schema.getLogicalType() == null ? "a whole number" : "an instant";
      default -> "a whole number";
    };
  }
}
