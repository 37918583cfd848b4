package io.creditflow.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/** How bytes written by one schema become a record of one type: worked out once, used often. */
final class WriterSchema {
  private final int id;
  private final Schema writer;
  private final Schema ours;
  private final boolean sameName;
  private final boolean sameLayout;
  private final boolean safeUnchecked;
  private final DatumReader<SpecificRecord> reader;
  private final CanonicalAvroEncoder canonical;
  private final long seed;

  /**
   * @param readers not shared between threads, as its cache is not safe for several
   */
  WriterSchema(int id, Schema writer, Schema ours, FastReaderBuilder readers) {
    this.id = id;
    this.writer = writer;
    this.ours = ours;
    this.sameName =
        writer.getType() == Schema.Type.RECORD && writer.getFullName().equals(ours.getFullName());
    this.sameLayout =
        sameName
            && SchemaNormalization.toParsingForm(writer)
                .equals(SchemaNormalization.toParsingForm(ours));
    this.safeUnchecked = sameLayout && AvroBytesValidator.isFlat(ours);
    this.reader = sameName ? reader(readers) : null;
    this.canonical = new CanonicalAvroEncoder(ours);
    this.seed = ContentFingerprint.seedOf(ours);
  }

  private DatumReader<SpecificRecord> reader(FastReaderBuilder readers) {
    try {
      return readers.createDatumReader(sameLayout ? ours : writer, ours);
    } catch (RuntimeException | IOException e) {
      throw undecodable(e);
    }
  }

  int id() {
    return id;
  }

  /**
   * Reads one value in the wire format.
   *
   * @throws UndecodableException the payload is not, whole and exactly, a record of our type
   */
  DecodedEvent read(byte[] value, StrictAvroDecoder in, AvroBytesValidator check) {
    int length = value.length - WireFormat.HEADER_BYTES;
    if (!safeUnchecked) {
      in.reset(value, WireFormat.HEADER_BYTES, length);
      checkShape(in, check);
    }
    in.reset(value, WireFormat.HEADER_BYTES, length);
    SpecificRecord event;
    try {
      event = reader.read(null, in);
      refuseRest(in);
    } catch (RuntimeException | IOException e) {
      // Whatever the kind: the bytes are all that varies here, so they are at fault.
      throw undecodable(e);
    }
    if (sameLayout && in.sawOnlyShortestForms()) {
      return new DecodedEvent(
          event, ContentFingerprint.of(value, WireFormat.HEADER_BYTES, length, seed));
    }
    canonical.write(event);
    return new DecodedEvent(
        event, ContentFingerprint.of(canonical.array(), 0, canonical.length(), seed));
  }

  private void checkShape(StrictAvroDecoder in, AvroBytesValidator check) {
    try {
      check.walk(writer);
      refuseRest(in);
    } catch (MalformedBytesException e) {
      throw undecodable(e);
    }
    if (!sameName) {
      throw new UndecodableException(
          UndecodableException.Reason.WRONG_TYPE,
          "schema id " + id + " is " + writer.getFullName() + ", not " + ours.getFullName(),
          null);
    }
  }

  private static void refuseRest(StrictAvroDecoder in) {
    if (in.remaining() > 0) {
      throw new MalformedBytesException(in.remaining() + " bytes left over after the record");
    }
  }

  private UndecodableException undecodable(Exception cause) {
    return new UndecodableException(
        UndecodableException.Reason.UNDECODABLE,
        "not a " + ours.getFullName() + " of schema id " + id + ": " + brief(cause),
        cause);
  }

  /** Avro quotes whole schemas in its messages; the beginning says enough. */
  private static String brief(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return message.length() <= 300 ? message : message.substring(0, 300) + "...";
  }
}
