package io.creditflow.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes bytes written with one schema into records of one type. The schemas are compared once, in
 * the constructor. Not thread-safe.
 */
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
   * @param readers builds Avro readers; must not be shared between threads, because its cache is
   *     not thread-safe
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
   * @throws UndecodableException if the payload is not exactly one record of the expected type
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
      requireEnd(in);
    } catch (RuntimeException | IOException e) {
      // Avro throws many kinds of exception for bad bytes; no other cause is possible here.
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
      requireEnd(in);
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

  private static void requireEnd(StrictAvroDecoder in) {
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

  /** The first 300 characters of the message: Avro's messages may quote whole schemas. */
  private static String brief(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return message.length() <= 300 ? message : message.substring(0, 300) + "...";
  }
}
