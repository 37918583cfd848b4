package io.creditflow.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The canonical Avro bytes of records of one class, in a buffer that is used again and again.
 *
 * <p>Canonical because Avro's encoder has one form for a value: shortest varints, no blocks (our
 * records hold no arrays or maps).
 */
final class CanonicalAvroEncoder {
  private final Buffer buffer = new Buffer();
  private final SpecificDatumWriter<SpecificRecord> writer;
  private BinaryEncoder encoder;

  CanonicalAvroEncoder(Schema schema) {
    this.writer = new SpecificDatumWriter<>(schema, EventClasses.MODEL);
  }

  /** Replaces the content by this record's. */
  void write(SpecificRecord event) {
    buffer.reset();
    append(event);
  }

  /** Replaces the content by a wire-format header and this record's. */
  void write(int schemaId, SpecificRecord event) {
    buffer.reset();
    buffer.write(WireFormat.MAGIC);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer.write(schemaId >>> shift);
    }
    append(event);
  }

  private void append(SpecificRecord event) {
    try {
      encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
      writer.write(event, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  /** The buffer itself, longer than {@link #length()}; good until the next write. */
  byte[] array() {
    return buffer.array();
  }

  int length() {
    return buffer.size();
  }

  byte[] copy() {
    return buffer.toByteArray();
  }

  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(256);
    }

    byte[] array() {
      return buf;
    }
  }
}
