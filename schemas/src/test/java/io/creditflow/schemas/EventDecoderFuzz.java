package io.creditflow.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * A target for Jazzer (bin/fuzz): any bytes are a record or undecodable, and whatever is decoded is
 * what Avro's own decoder makes of it. The first byte chooses topic and schema, the rest is the
 * payload; from 0x80 on the rest is the whole value.
 */
public final class EventDecoderFuzz {
  private static final EventType[] TYPES = EventType.values();
  private static final InMemorySchemaRegistry REGISTRY = new InMemorySchemaRegistry();
  private static final Map<EventType, DatumReader<SpecificRecord>> AVRO =
      new EnumMap<>(EventType.class);
  private static final EventDecoder DECODER = new EventDecoder(REGISTRY);
  private static final int SCHEMAS;

  static {
    FastReaderBuilder readers = new FastReaderBuilder(EventDataModel.MODEL);
    for (EventType type : TYPES) {
      REGISTRY.add(type.schema());
      try {
        AVRO.put(type, readers.createDatumReader(type.schema()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    // Of other producers: one that nests in itself, one with a field more of every other kind.
    REGISTRY.add(
        leadWith(
            "[\"null\",{\"type\":\"record\",\"name\":\"N\",\"fields\":"
                + "[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}]"));
    REGISTRY.add(leadWith("{\"type\":\"array\",\"items\":\"null\"}"));
    SCHEMAS =
        REGISTRY.add(
            leadWith(
                "{\"type\":\"map\",\"values\":[\"int\",\"boolean\",\"float\",\"double\",\"bytes\","
                    + "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}]}"));
  }

  private EventDecoderFuzz() {}

  /** Called by Jazzer and by the replay of the corpus. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    EventType type = TYPES[(input[0] & 0x7) % TYPES.length];
    byte[] value = value(input, type);
    DecodedEvent decoded;
    try {
      decoded = DECODER.decode(value, type);
    } catch (UndecodableException refused) {
      require(refused.getMessage().length() < 1_000, "a detail of endless length");
      return;
    }
    require(
        decoded.fingerprint() == ContentFingerprint.of(decoded.event()),
        "the fingerprint depends on how it was written");
    if (WireFormat.schemaId(value) == REGISTRY.add(type.schema())) {
      require(decoded.event().equals(byAvro(value, type)), "Avro reads another record");
    }
  }

  private static byte[] value(byte[] input, EventType type) {
    if (input[0] < 0) {
      return Arrays.copyOfRange(input, 1, input.length);
    }
    int other = input[0] >> 3 & 0xF;
    int id = other == 0 || other > SCHEMAS ? REGISTRY.add(type.schema()) : other;
    ByteBuffer value = ByteBuffer.allocate(WireFormat.HEADER_BYTES + input.length - 1);
    return value.put((byte) 0).putInt(id).put(input, 1, input.length - 1).array();
  }

  private static SpecificRecord byAvro(byte[] value, EventType type) {
    int start = WireFormat.HEADER_BYTES;
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, start, value.length - start, null);
    try {
      SpecificRecord event = AVRO.get(type).read(null, in);
      return in.isEnd() ? event : null;
    } catch (RuntimeException | IOException e) {
      return null;
    }
  }

  private static Schema leadWith(String type) {
    String json = SourceSchema.of(EventType.LEAD_SOURCED.schema()).toString();
    String more = ",{\"name\":\"more\",\"type\":" + type + "}]}";
    return SourceSchema.parse(json.substring(0, json.length() - 2) + more);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
