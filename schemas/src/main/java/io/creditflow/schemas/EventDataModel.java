package io.creditflow.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The Avro data model that maps schema names to Creditflow's generated classes only.
 *
 * <p>By default, Avro loads whatever class a schema names; since 1.12, only classes that a JVM-wide
 * setting trusts. This model uses a fixed list of names instead: a name in a producer's schema
 * never loads a class, and no setting is needed.
 */
final class EventDataModel extends SpecificData {
  /** Thread-safe, as all of Avro's data models are. */
  static final EventDataModel MODEL = new EventDataModel();

  private final Map<String, Class<?>> classByName = new HashMap<>();

  private EventDataModel() {
    super(EventDataModel.class.getClassLoader());
    for (EventType type : EventType.values()) {
      classByName.put(type.schema().getFullName(), type.recordClass());
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
          classByName.put(
              field.schema().getFullName(),
              Class.forName(field.schema().getFullName(), true, getClassLoader()));
        } catch (ClassNotFoundException e) {
          throw new IllegalStateException(
              type.recordClass() + " was not generated together with its enums", e);
        }
      }
    }
  }

  /** The class of a type; null for a record, enum or fixed type that is not Creditflow's. */
  @Override
  @SuppressWarnings("rawtypes") // as in the method that it replaces
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> classByName.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
