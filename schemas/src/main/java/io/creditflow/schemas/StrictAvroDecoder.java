package io.creditflow.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro binary from an array and validates everything. A length that exceeds the remaining
 * bytes fails before memory is allocated for it, and strings must be valid UTF-8.
 *
 * <p>The decoder also records whether every number had its shortest form. If so, the bytes are
 * canonical and can be compared without encoding the record again.
 *
 * <p>Every failure is a {@link MalformedBytesException}. Reusable; not thread-safe.
 */
final class StrictAvroDecoder extends Decoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] NOTHING = {};

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  private byte[] bytes = NOTHING;
  private int at;
  private int end;
  private boolean shortest;

  /** Continues with other bytes. */
  void reset(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
    this.shortest = true;
  }

  /** Drops the reference to the bytes, so that the garbage collector can free them. */
  void release() {
    reset(NOTHING, 0, 0);
  }

  int remaining() {
    return end - at;
  }

  /** Whether every number read since the last reset was in its shortest form. */
  boolean sawOnlyShortestForms() {
    return shortest;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() {
    byte value = bytes[take(1)];
    if ((value & ~1) != 0) {
      throw new MalformedBytesException("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedBytesException("a number does not fit into 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() {
    int position = at;
    long zigzag = 0;
    int shift = 0;
    byte next;
    do {
      if (position >= end) {
        throw new MalformedBytesException("bytes end inside a number");
      }
      next = bytes[position++];
      // Only the lowest bit of the tenth byte is left for a 64-bit number.
      if (shift == 63 && (next & ~1) != 0) {
        throw new MalformedBytesException("a number does not fit into 64 bits");
      }
      zigzag |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    if (next == 0 && shift > 7) {
      shortest = false;
    }
    at = position;
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  @Override
  public float readFloat() {
    return Float.intBitsToFloat((int) INTS.get(bytes, take(Float.BYTES)));
  }

  @Override
  public double readDouble() {
    return Double.longBitsToDouble((long) LONGS.get(bytes, take(Double.BYTES)));
  }

  @Override
  public String readString() {
    int length = readLength();
    int start = take(length);
    // The fastest decoder replaces invalid UTF-8 with U+FFFD. If the text has none, it was valid.
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return utf8.decode(ByteBuffer.wrap(bytes, start, length)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBytesException("a string is not UTF-8");
    }
  }

  @Override
  public Utf8 readString(Utf8 old) {
    return new Utf8(readString());
  }

  @Override
  public void skipString() {
    readString();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) {
    int length = readLength();
    int start = take(length);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, start + length));
  }

  @Override
  public void skipBytes() {
    take(readLength());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    System.arraycopy(bytes, take(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) {
    take(length);
  }

  @Override
  public int readEnum() {
    return readInt();
  }

  @Override
  public int readIndex() {
    return readInt();
  }

  /** The number of items in the next block. The block's size in bytes, if present, is ignored. */
  @Override
  public long readArrayStart() {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    if (count < 0) {
      throw new MalformedBytesException("a block holds more than 2^63 items");
    }
    return count;
  }

  @Override
  public long arrayNext() {
    return readArrayStart();
  }

  @Override
  public long skipArray() {
    return readArrayStart();
  }

  @Override
  public long readMapStart() {
    return readArrayStart();
  }

  @Override
  public long mapNext() {
    return readArrayStart();
  }

  @Override
  public long skipMap() {
    return readArrayStart();
  }

  private int readLength() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new MalformedBytesException(
          "a length of " + length + " where " + remaining() + " bytes are left");
    }
    return (int) length;
  }

  /** Advances by {@code length} bytes and returns the position of the first. */
  private int take(int length) {
    if (length > remaining()) {
      throw new MalformedBytesException(
          "a value needs " + length + " bytes, but " + remaining() + " are left");
    }
    int start = at;
    at += length;
    return start;
  }
}
