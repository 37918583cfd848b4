package io.creditflow.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowKeyTest {
  private static final String LARGE = new String(Character.toChars(0x10000));

  @Test
  void textsAreOrderedByTheirUtf8Bytes() {
    assertAscending(
        List.of("", "\0", "\0\0", "\0a", "\u0001", "A", "a", "aa", "b", "\uFFFD", LARGE));
  }

  @Test
  void aTextEndsBeforeOneThatGoesOnWhateverFollowsIt() {
    byte[] shorter = RowKey.of(Table.GRANT, "a").int64(Long.MAX_VALUE).bytes();
    byte[] longer = RowKey.of(Table.GRANT, "a\0").int64(Long.MIN_VALUE).bytes();

    assertThat(Arrays.compareUnsigned(shorter, longer)).isNegative();
  }

  @Test
  void noWorkspaceIsAPrefixOfAnother() {
    byte[] prefix = RowKey.of(Table.GRANT, "a").bytes();
    for (String other : List.of("aa", "a\0", "a\0\0", "a\uFFFD")) {
      byte[] key = RowKey.of(Table.GRANT, other).bytes();
      assertThat(
              Arrays.equals(prefix, 0, prefix.length, key, 0, Math.min(prefix.length, key.length)))
          .as(other)
          .isFalse();
    }
  }

  @Test
  void longsAreOrderedByValue() {
    List<Long> values = List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE);
    for (int i = 1; i < values.size(); i++) {
      assertThat(
              Arrays.compareUnsigned(
                  RowKey.of(Table.GRANT).int64(values.get(i - 1)).bytes(),
                  RowKey.of(Table.GRANT).int64(values.get(i)).bytes()))
          .isNegative();
    }
  }

  @Test
  void intsAreOrderedByValue() {
    List<Integer> values = List.of(Integer.MIN_VALUE, -1, 0, 1, 65_536, Integer.MAX_VALUE);
    for (int i = 1; i < values.size(); i++) {
      assertThat(
              Arrays.compareUnsigned(
                  RowKey.of(Table.GRANT).int32(values.get(i - 1)).bytes(),
                  RowKey.of(Table.GRANT).int32(values.get(i)).bytes()))
          .isNegative();
    }
  }

  @Test
  void partsComeOffAsTheyWentOn() {
    String text = "a\0b\0\0" + LARGE + "é";
    byte[] key =
        RowKey.of(Table.GRANT, text).int8(127).int32(-7).int64(Long.MIN_VALUE).text("").bytes();
    RowKey.Parser parts = RowKey.parts(key);

    assertThat(parts.text()).isEqualTo(text);
    assertThat(parts.int8()).isEqualTo(127);
    assertThat(parts.int32()).isEqualTo(-7);
    assertThat(parts.int64()).isEqualTo(Long.MIN_VALUE);
    assertThat(parts.text()).isEmpty();
  }

  @Test
  void growsWithItsParts() {
    String text = "x".repeat(10_000);

    assertThat(RowKey.parts(RowKey.of(Table.GRANT, text).int64(5).bytes()).text()).isEqualTo(text);
  }

  @Test
  void theKeyAfterAPrefixIsTheLeastThatDoesNotBeginWithIt() {
    assertThat(RowKey.after(new byte[] {1, 2})).containsExactly(1, 3);
    assertThat(RowKey.after(new byte[] {1, (byte) 0xFF})).containsExactly(2);
    assertThat(RowKey.after(new byte[] {0x7F})).containsExactly(0x80);
    assertThatThrownBy(() -> RowKey.after(new byte[] {(byte) 0xFF}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTwoTablesShareATag() {
    assertThat(Stream.of(Table.values()).map(table -> RowKey.of(table).bytes()[0]))
        .doesNotHaveDuplicates();
  }

  private static void assertAscending(List<String> texts) {
    for (int i = 1; i < texts.size(); i++) {
      byte[] before = RowKey.of(Table.GRANT, texts.get(i - 1)).bytes();
      byte[] after = RowKey.of(Table.GRANT, texts.get(i)).bytes();
      assertThat(Arrays.compareUnsigned(before, after))
          .as(Arrays.toString(texts.get(i).getBytes(UTF_8)))
          .isNegative();
    }
  }
}
