package io.creditflow.quickstart.endtoend;

import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.schemas.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What must become of a record by contract section 5, found out with Avro's own reader and the
 * reference calculator's rules instead of the product's. Asked in the order of each partition's
 * offsets.
 */
final class ExpectedOutcome {
  static final String APPLIED = "APPLIED";
  static final String REPEATED = "REPEATED";
  static final String WAITING = "WAITING";
  private static final String UNDECODABLE = "UNDECODABLE";
  private static final char REPLACED = '\ufffd';

  private static final SpecificData MODEL = new GeneratedClasses();

  private final Map<Integer, EventType> typesById;
  private final int partitions;
  private final Map<EventType, DatumReader<SpecificRecord>> readers =
      new EnumMap<>(EventType.class);
  private final Map<String, byte[]> accepted = new HashMap<>();
  private final Map<String, Long> creditsByWorkspace = new HashMap<>();

  /**
   * @param typesById of the schemas of the contract, those that a record may rightly name
   */
  ExpectedOutcome(Map<Integer, EventType> typesById, int partitions) {
    this.typesById = typesById;
    this.partitions = partitions;
    for (EventType type : EventType.values()) {
      readers.put(type, new SpecificDatumReader<>(type.schema(), type.schema(), MODEL));
    }
  }

  /** One of the three words above, or the reason of its rejection. */
  synchronized String outcome(
      String topic, int partition, byte[] key, byte[] value, Instant appendedAt) {
    SpecificRecord event;
    try {
      EventType written = written(value);
      event = readWhole(readers.get(written), value);
      if (!written.topic().equals(topic)) {
        return "WRONG_TYPE";
      }
    } catch (IOException | RuntimeException unreadable) {
      return UNDECODABLE;
    }
    String reason = reason(event, partition, key, appendedAt);
    return reason != null ? reason : accept(event, ReferenceValidation.workspaceId(event));
  }

  Map<String, Long> creditsByWorkspace() {
    return creditsByWorkspace;
  }

  private String reason(SpecificRecord event, int partition, byte[] key, Instant appendedAt) {
    if (ReferenceValidation.missingField(event)) {
      return "MISSING_FIELD";
    }
    if (!Arrays.equals(
        key, ReferenceValidation.workspaceId(event).getBytes(StandardCharsets.UTF_8))) {
      return "KEY_MISMATCH";
    }
    if (Utils.toPositive(Utils.murmur2(key)) % partitions != partition) {
      return "WRONG_PARTITION";
    }
    if (ReferenceValidation.invalid(event)) {
      return "INVALID";
    }
    if (ReferenceValidation.tooOld(ReferenceRules.DEFAULT, event, appendedAt)) {
      return "TOO_OLD";
    }
    return ReferenceValidation.inFuture(ReferenceRules.DEFAULT, event, appendedAt)
        ? "IN_FUTURE"
        : null;
  }

  private String accept(SpecificRecord event, String workspaceId) {
    byte[] content = encoded(event);
    byte[] first =
        accepted.putIfAbsent(workspaceId + "/" + ReferenceValidation.eventId(event), content);
    if (first != null) {
      return Arrays.equals(first, content) ? REPEATED : "CONFLICT";
    }
    if (ReferenceValidation.isUsage(event)) {
      creditsByWorkspace.merge(workspaceId, 1L, Long::sum);
    }
    // The events that these records take back are never sent.
    return event.getSchema().getName().equals("UsageReversed") ? WAITING : APPLIED;
  }

  private EventType written(byte[] value) throws IOException {
    if (value == null || value.length < 5 || value[0] != 0) {
      throw new IOException("not the wire format");
    }
    EventType type = typesById.get(ByteBuffer.wrap(value).getInt(1));
    if (type == null) {
      throw new IOException("not a schema of the contract");
    }
    return type;
  }

  private static SpecificRecord readWhole(DatumReader<SpecificRecord> reader, byte[] value)
      throws IOException {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
    SpecificRecord event = reader.read(null, in);
    // Avro's reader puts this sign where text is no UTF-8; no record here has it otherwise.
    if (!in.isEnd() || event.toString().indexOf(REPLACED) >= 0) {
      throw new IOException("bytes left over, or text that is not UTF-8");
    }
    return event;
  }

  private static byte[] encoded(SpecificRecord event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<SpecificRecord>(event.getSchema(), MODEL).write(event, out);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }

  /** Finds classes by their names without Avro's JVM-wide list of trusted ones. */
  private static final class GeneratedClasses extends SpecificData {
    GeneratedClasses() {
      addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the method that it replaces
    public Class getClass(Schema schema) {
      try {
        boolean isNamed =
            schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
        return isNamed ? Class.forName(schema.getFullName()) : super.getClass(schema);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(schema.getFullName() + " was not generated", e);
      }
    }
  }
}
