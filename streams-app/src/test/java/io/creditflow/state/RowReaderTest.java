package io.creditflow.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RowWriter} writes, {@link RowReader} reads. */
class RowReaderTest {
  private static final String UUID = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

  private final RowWriter writer = new RowWriter();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 300, Long.MAX_VALUE, Long.MIN_VALUE})
  void longsComeBack(long value) {
    RowReader reader = new RowReader(writer.int64(value).int64(7).bytes());

    assertThat(reader.int64()).isEqualTo(value);
    assertThat(reader.int64()).isEqualTo(7);
    assertThat(reader.hasMore()).isFalse();
  }

  @Test
  void smallLongsTakeOneByte() {
    assertThat(writer.int64(63).length()).isEqualTo(1);
    assertThat(writer.clear().int64(-64).length()).isEqualTo(1);
    assertThat(writer.clear().int64(64).length()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 0x01020304, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void fixedIntsComeBack(int value) {
    byte[] row = writer.fixed32(value).bytes();

    assertThat(row).hasSize(4);
    assertThat(new RowReader(row).fixed32()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "é\0€",
        "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f",
        UUID
      })
  void textsComeBack(String text) {
    RowReader reader = new RowReader(writer.text(text).text(null).text("next").bytes());

    assertThat(reader.text()).isEqualTo(text);
    assertThat(reader.text()).isNull();
    assertThat(reader.requiredText()).isEqualTo("next");
    assertThat(reader.hasMore()).isFalse();
  }

  @Test
  void aRequiredTextIsNotReadFromWhatWasWrittenAsNull() {
    RowReader reader = new RowReader(writer.text(null).text("next").bytes());

    assertThatThrownBy(reader::requiredText).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLongTextComesBack() {
    String text = "é".repeat(100_000);

    assertThat(new RowReader(writer.text(text).bytes()).text()).isEqualTo(text);
  }

  @Test
  void aCanonicalUuidTakesSeventeenBytes() {
    assertThat(writer.text(UUID).length()).isEqualTo(17);
  }

  @Test
  void textsAreSkipped() {
    RowReader reader =
        new RowReader(writer.text(UUID).text(null).text("").text("abc").int8(9).bytes());
    for (int i = 0; i < 4; i++) {
      reader.skipText();
    }

    assertThat(reader.int8()).isEqualTo(9);
  }

  @Test
  void aTextsHashIsThatOfTheTextHoweverItIsWritten() {
    RowReader reader = new RowReader(writer.text(UUID).text("abc").text(null).int8(9).bytes());

    assertThat(reader.textHash(5)).isEqualTo(TextHash.of(5, UUID));
    assertThat(reader.textHash(5)).isEqualTo(TextHash.of(5, "abc"));
    assertThat(reader.textHash(5)).isZero();
    assertThat(reader.int8()).isEqualTo(9);
  }

  @Test
  void blobsComeBack() {
    byte[] blob = {0, -1, 5};
    RowReader reader = new RowReader(writer.blob(blob).blob(null).blob(new byte[0]).bytes());

    assertThat(reader.blob()).isEqualTo(blob);
    assertThat(reader.blob()).isNull();
    assertThat(reader.blob()).isEmpty();
  }

  @Test
  void aWriterBeginsAnewAndKeepsWhatItGaveOut() {
    byte[] first = writer.int64(1).bytes();
    byte[] second = writer.clear().int64(2).bytes();

    assertThat(new RowReader(first).int64()).isEqualTo(1);
    assertThat(new RowReader(second).int64()).isEqualTo(2);
  }
}
