package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class StrictAvroDecoderTest {
  private final StrictAvroDecoder in = new StrictAvroDecoder();

  @Test
  void readsEveryKindOfNumberAsAvroWritesIt() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      int small = random.nextInt() >> random.nextInt(32);
      double real = random.nextGaussian();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      encoder.writeLong(number);
      encoder.writeInt(small);
      encoder.writeDouble(real);
      encoder.writeFloat((float) real);
      encoder.writeBoolean(i % 2 == 0);
      in.reset(out.toByteArray(), 0, out.size());

      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readInt()).isEqualTo(small);
      assertThat(in.readDouble()).isEqualTo(real);
      assertThat(in.readFloat()).isEqualTo((float) real);
      assertThat(in.readBoolean()).isEqualTo(i % 2 == 0);
      assertThat(in.remaining()).isZero();
      assertThat(in.sawOnlyShortestForms()).isTrue();
    }
  }

  @Test
  void readsTheGreatestAndLeastNumbers() {
    assertThat(longOf(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(longOf(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void readsTextOfAnyLengthAndAlphabet() throws IOException {
    for (String letter : new String[] {"a", "ü", "€", "🌱", "\u0000"}) {
      for (int length = 0; length < 40; length++) {
        String text = "x".repeat(length) + letter + "y".repeat(length % 9);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory.get().directBinaryEncoder(out, null).writeString(text);
        in.reset(out.toByteArray(), 0, out.size());

        assertThat(in.readString()).isEqualTo(text);
      }
    }
  }

  @Test
  void noticesNumbersThatAreLongerThanNeeded() {
    reset(0x80, 0x00);
    assertThat(in.readLong()).isZero();
    assertThat(in.sawOnlyShortestForms()).isFalse();
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused("32 bits", () -> intOf(0x80, 0x80, 0x80, 0x80, 0x10));
    refused("64 bits", () -> longOf(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02));
    refused("inside a number", () -> longOf(0x80));
    refused("inside a number", () -> longOf());
  }

  private long longOf(int... bytes) {
    reset(bytes);
    return in.readLong();
  }

  private int intOf(int... bytes) {
    reset(bytes);
    return in.readInt();
  }

  private void reset(int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    in.reset(value, 0, value.length);
  }

  private static void refused(
      String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    assertThatThrownBy(read).isInstanceOf(MalformedBytesException.class).hasMessageContaining(why);
  }
}
