package io.creditflow.schemas;

import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Decodes bytes in the wire format into records of the contract, and computes their fingerprints.
 *
 * <p>Accepts bytes of every writer schema that is compatible with Creditflow's: unknown fields are
 * ignored, and a field with a default may be missing. There are three outcomes: a {@link
 * DecodedEvent}, an {@link UndecodableException} (the bytes are bad; a retry does not help) or a
 * {@link RegistryUnavailableException} (retry later). Malicious bytes cost at most their own length
 * in memory and {@value AvroBytesValidator#DEPTH_MAX} levels of stack.
 *
 * <p>Not thread-safe: use one decoder per thread or task. It reuses its buffers, so that decoding
 * allocates only the record. The registry may be shared.
 */
public final class EventDecoder {
  private final SchemaRegistry registry;
  private final FastReaderBuilder readers = new FastReaderBuilder(EventDataModel.MODEL);
  private final StrictAvroDecoder in = new StrictAvroDecoder();
  private final AvroBytesValidator check = new AvroBytesValidator(in);
  private final Map<EventType, KnownIds> knownIds = new EnumMap<>(EventType.class);

  public EventDecoder(SchemaRegistry registry) {
    this.registry = registry;
    for (EventType type : EventType.values()) {
      knownIds.put(type, new KnownIds(type));
    }
  }

  /**
   * Decodes one value of the topic of {@code expected}.
   *
   * @param value a record's value as received; null is undecodable
   * @throws UndecodableException if the bytes are not such a record
   * @throws RegistryUnavailableException if the schema could not be fetched; the same call may
   *     succeed later
   */
  public DecodedEvent decode(byte[] value, EventType expected) {
    if (value == null) {
      throw undecodable("no value");
    }
    if (value.length < WireFormat.HEADER_BYTES) {
      throw undecodable(value.length + " bytes: too few for magic byte and schema id");
    }
    if (value[0] != WireFormat.MAGIC) {
      throw undecodable(String.format("the first byte is 0x%02x, not 0x00", value[0]));
    }
    WriterSchema written = knownIds.get(expected).get(WireFormat.schemaId(value));
    try {
      return written.read(value, in, check);
    } finally {
      in.release();
    }
  }

  private static UndecodableException undecodable(String detail) {
    return new UndecodableException(UndecodableException.Reason.UNDECODABLE, detail, null);
  }

  /**
   * The writer schemas seen so far for one expected type. The last one is checked first, because
   * consecutive records nearly always share it.
   */
  private final class KnownIds {
    private static final int IDS_MAX = 1_000;

    private final EventType type;
    private final LruCache<Integer, WriterSchema> byId = new LruCache<>(IDS_MAX);
    private WriterSchema last;

    KnownIds(EventType type) {
      this.type = type;
    }

    WriterSchema get(int id) {
      if (last == null || last.id() != id) {
        last = find(id);
      }
      return last;
    }

    private WriterSchema find(int id) {
      WriterSchema known = byId.get(id);
      if (known == null) {
        try {
          known = new WriterSchema(id, registry.schemaById(id), type.schema(), readers);
        } catch (UnknownSchemaException e) {
          throw undecodable(e.getMessage());
        }
        byId.put(id, known);
      }
      return known;
    }
  }
}
