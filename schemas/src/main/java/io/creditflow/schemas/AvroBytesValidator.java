package io.creditflow.schemas;

import org.apache.avro.Schema;

/**
 * Walks bytes by the schema they were written with, building nothing: do they match it, and is it
 * safe to read them?
 *
 * <p>Needed where a producer's schema is not ours, as it may nest without end, or hold a billion
 * items of no bytes at all. Ours cannot ({@link #isFlat}), and are read without this walk.
 */
final class AvroBytesValidator {
  /** Deeper than any sane event, far shallower than a thread's stack. */
  static final int DEPTH_MAX = 64;

  /** Values that a record may hold without any bytes to show for them, such as nulls. */
  private static final int VALUES_OF_NO_BYTES_MAX = 1_000;

  private final StrictAvroDecoder in;
  private long valuesLeft;

  AvroBytesValidator(StrictAvroDecoder in) {
    this.in = in;
  }

  /** Reads one datum to its end; throws {@link MalformedBytesException} where it does not match. */
  void walk(Schema writer) {
    // Each byte belongs to one value inside at most DEPTH_MAX others, so no honest record has more.
    valuesLeft = VALUES_OF_NO_BYTES_MAX + (DEPTH_MAX + 1L) * in.remaining();
    walk(writer, 0);
  }

  /** Whether a record has only fields of fixed depth one: no record, array or map inside. */
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
