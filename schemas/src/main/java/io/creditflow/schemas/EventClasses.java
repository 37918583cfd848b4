package io.creditflow.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The Avro data model that maps schema names to Creditflow's generated classes only.
 *
 * <p>Avro loads classes by the names in a schema, and since 1.12 only those that a JVM-wide setting
 * trusts. This model uses a fixed list of names instead: a name in a producer's schema never loads
 * a class, and no setting is needed.
 */
final class EventClasses extends SpecificData {
  /** Thread-safe, as all of Avro's data models are. */
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

  /** Null for a record, enum or fixed type that is not Creditflow's. */
  @Override
  @SuppressWarnings("rawtypes") // as in the method that it replaces
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
