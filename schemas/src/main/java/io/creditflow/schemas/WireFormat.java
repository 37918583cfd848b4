package io.creditflow.schemas;

import java.nio.ByteBuffer;

/** The Confluent wire format: {@code 0x00}, schema id as four big-endian bytes, Avro binary. */
public final class WireFormat {
  public static final byte MAGIC = 0;

  /** Bytes before the Avro payload. */
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** The schema id of a value that is at least {@link #HEADER_BYTES} long. */
  public static int schemaId(byte[] value) {
    return ByteBuffer.wrap(value, 1, 4).getInt();
  }

  /** The subject of a topic's values (Confluent's TopicNameStrategy). */
  public static String subjectOf(String topic) {
    return topic + "-value";
  }
}
