package io.creditflow.schemas;

import org.apache.avro.Schema;

/**
 * Checks that bytes are a valid encoding of the schema they were written with (the writer schema),
 * and that decoding them is safe: it needs bounded stack and time. Creates no objects for values.
 *
 * <p>The check is needed for a writer schema that differs from Creditflow's own, because it may
 * nest without limit, or its arrays may have a billion items that take no bytes. Creditflow's own
 * schemas allow neither ({@link #isFlat}), so records written with them skip the check. Not
 * thread-safe.
 */
final class AvroBytesValidator {
  /** The maximum nesting depth: more than any real event has, far less than the stack allows. */
  static final int DEPTH_MAX = 64;

  /** The maximum number of values in a record that take no bytes, such as nulls. */
  private static final int VALUES_OF_NO_BYTES_MAX = 1_000;

  private final StrictAvroDecoder in;
  private long valuesLeft;

  AvroBytesValidator(StrictAvroDecoder in) {
    this.in = in;
  }

  /**
   * Reads one datum to its end.
   *
   * @throws MalformedBytesException if the bytes do not match the schema, if values nest deeper
   *     than {@link #DEPTH_MAX}, or if there are more values than the bytes can hold
   */
  void walk(Schema writer) {
    // Each byte belongs to one value inside at most DEPTH_MAX others, so a valid record has no more
    // values than this.
    valuesLeft = VALUES_OF_NO_BYTES_MAX + (DEPTH_MAX + 1L) * in.remaining();
    walk(writer, 0);
  }

  /** Whether the schema is a record without nesting: no field is a record, an array or a map. */
  static boolean isFlat(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        && schema.getFields().stream().allMatch(field -> isLeaf(field.schema()));
  }

  private static boolean isLeaf(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ARRAY, MAP -> false;
      case UNION -> schema.getTypes().stream().allMatch(AvroBytesValidator::isLeaf);
      default -> true;
    };
  }

  private void walk(Schema schema, int depth) {
    if (depth > DEPTH_MAX) {
      throw new MalformedBytesException("nested more than " + DEPTH_MAX + " deep");
    }
    if (--valuesLeft < 0) {
      throw new MalformedBytesException("more values than its bytes could hold");
    }
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          walk(field.schema(), depth + 1);
        }
      }
      case UNION -> {
        int branch = in.readIndex();
        walk(schema.getTypes().get(within(branch, schema.getTypes().size(), "branch")), depth + 1);
      }
      case ARRAY -> {
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
          for (; left > 0; left--) {
            walk(schema.getElementType(), depth + 1);
          }
        }
      }
      case MAP -> {
        for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
          for (; left > 0; left--) {
            in.skipString();
            walk(schema.getValueType(), depth + 1);
          }
        }
      }
      case ENUM -> within(in.readEnum(), schema.getEnumSymbols().size(), "enum symbol");
      case FIXED -> in.skipFixed(schema.getFixedSize());
      case STRING -> in.skipString();
      case BYTES -> in.skipBytes();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case BOOLEAN -> in.readBoolean();
      case NULL -> in.readNull();
    }
  }

  private static int within(int index, int size, String what) {
    if (index < 0 || index >= size) {
      throw new MalformedBytesException(what + " " + index + " of " + size);
    }
    return index;
  }
}
