package io.creditflow.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's view of our generated classes, and of no others.
 *
 * <p>Avro finds classes by the names in a schema, and since 1.12 refuses names that were not
 * trusted by a JVM-wide setting. Here the names are a fixed list instead, so a producer's schema
 * can name what it likes: no class is ever looked up for it, and no setting is needed.
 */
final class EventClasses extends SpecificData {
  /** Safe for many threads, as all of Avro's models are. */
  static final EventClasses MODEL = new EventClasses();

  private final Map<String, Class<?>> byName = new HashMap<>();

  private EventClasses() {
    super(EventClasses.class.getClassLoader());
    for (EventType type : EventType.values()) {
      byName.put(type.schema().getFullName(), type.recordClass());
      for (Conversion<?> conversion : getForClass(type.recordClass()).getConversions()) {
        addLogicalTypeConversion(conversion);
      }
      addEnums(type);
    }
  }

  private void addEnums(EventType type) {
    for (Schema.Field field : type.schema().getFields()) {
      if (field.schema().getType() == Schema.Type.ENUM) {
        try {
          byName.put(
              field.schema().getFullName(),
              Class.forName(field.schema().getFullName(), true, getClassLoader()));
        } catch (ClassNotFoundException e) {
          throw new IllegalStateException(
              type.recordClass() + " was not generated together with its enums", e);
        }
      }
    }
  }

  /** Null for any record, enum or fixed that is not ours. */
  @Override
  @SuppressWarnings("rawtypes") // as in the method that it replaces
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
