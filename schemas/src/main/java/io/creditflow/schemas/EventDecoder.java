package io.creditflow.schemas;

import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Bytes in the wire format to records of the contract, and their fingerprints.
 *
 * <p>Reads by our schema whatever compatible schema wrote: an added field is passed over, a field
 * that has a default may be missing. Three outcomes and no others: a {@link DecodedEvent}, an
 * {@link UndecodableException} (the bytes' fault, for good), a {@link RegistryUnavailableException}
 * (nobody's fault but time's). Hostile bytes cost no more memory than their own length and no more
 * stack than {@value AvroBytesValidator#DEPTH_MAX} levels.
 *
 * <p>One per thread or task: it keeps its buffers to itself, so that a record costs no allocation
 * but its own. The registry behind it may be shared.
 */
public final class EventDecoder {
  private final SchemaRegistry registry;
  private final FastReaderBuilder readers = new FastReaderBuilder(EventClasses.MODEL);
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
   * @param value a record's value as it came; null is undecodable
   * @throws UndecodableException these bytes are no such record
   * @throws RegistryUnavailableException the schema could not be fetched; the same call may succeed
   *     later
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

  /** The schema ids met so far where one type was expected; nearly always it is the last one. */
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
