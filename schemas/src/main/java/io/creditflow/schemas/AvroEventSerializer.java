package io.creditflow.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializes records in the Confluent wire format. The settings have Confluent's names:
 *
 * <ul>
 *   <li>{@code auto.register.schemas} (default true): registers the record's schema under {@code
 *       <topic>-value}. If false, the subject must already have it.
 *   <li>{@code use.latest.version} (default false), with {@code auto.register.schemas=false}: uses
 *       the subject's newest schema, which must have the layout of the record's schema.
 *   <li>{@code schema.registry.url} and the settings that {@link RegistryConfig} lists.
 * </ul>
 *
 * <p>Throws {@link RegistryUnavailableException} and {@link SchemaRejectedException}. Thread-safe,
 * as a producer requires.
 */
public final class AvroEventSerializer implements Serializer<SpecificRecord> {
  private final Map<Target, Integer> ids = new ConcurrentHashMap<>();
  private SchemaRegistry registry;
  private boolean autoRegister = true;
  private boolean useLatest;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroEventSerializer() {}

  /** Uses the given registry. Registers schemas unless configured otherwise. */
  public AvroEventSerializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new IllegalArgumentException("Keys are plain strings: use StringSerializer for them");
    }
    if (registry == null) {
      registry = new HttpSchemaRegistry(configs);
    }
    autoRegister = flag(configs, "auto.register.schemas", true);
    useLatest = flag(configs, "use.latest.version", false);
  }

  @Override
  public byte[] serialize(String topic, SpecificRecord event) {
    if (event == null) {
      return null;
    }
    Schema schema = event.getSchema();
    int id = ids.computeIfAbsent(new Target(topic, schema), this::idOf);
    CanonicalAvroEncoder bytes = new CanonicalAvroEncoder(schema);
    bytes.write(id, event);
    return bytes.copy();
  }

  private int idOf(Target target) {
    if (registry == null) {
      throw new IllegalStateException("Not configured: call configure() first");
    }
    String subject = WireFormat.subjectOf(target.topic());
    if (autoRegister) {
      return registry.register(subject, target.schema());
    }
    if (!useLatest) {
      return registry.lookUp(subject, target.schema());
    }
    SchemaRegistry.Registered latest = registry.latest(subject);
    if (!layout(latest.schema()).equals(layout(target.schema()))) {
      throw new SchemaRejectedException(
          "The newest schema of "
              + subject
              + " (id "
              + latest.id()
              + ") has another layout than the record's: upgrade Creditflow, or set"
              + " use.latest.version=false");
    }
    return latest.id();
  }

  private static String layout(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  private static boolean flag(Map<String, ?> configs, String key, boolean orElse) {
    Object value = configs.get(key);
    return value == null ? orElse : Boolean.parseBoolean(value.toString().strip());
  }

  private record Target(String topic, Schema schema) {}
}
