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
 * Encodes records of one class as canonical Avro bytes, into a reused buffer. Not thread-safe.
 *
 * <p>The bytes are canonical because Avro's encoder writes each value in one form only: shortest
 * varints, and no blocks, as the records have no arrays or maps.
 */
final class CanonicalAvroEncoder {
  private final Buffer buffer = new Buffer();
  private final SpecificDatumWriter<SpecificRecord> writer;
  private BinaryEncoder encoder;

  CanonicalAvroEncoder(Schema schema) {
    this.writer = new SpecificDatumWriter<>(schema, EventDataModel.MODEL);
  }

  /** Replaces the buffer's content with this record's bytes. */
  void write(SpecificRecord event) {
    buffer.reset();
    append(event);
  }

  /** Replaces the buffer's content with a wire-format header and this record's bytes. */
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

  /**
   * The buffer itself, valid until the next write. Only the first {@link #length()} bytes are
   * content.
   */
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
