package io.creditflow.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.query.InvalidQueryException;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
  private static final String CURSOR = PageCursor.write('h', new RowWriter().int64(-5).text("key"));

  @Test
  void comesBackWithItsParts() {
    assertThat(PageCursor.read('h', CURSOR, PageCursorTest::parts)).isEqualTo("-5 key");
  }

  @Test
  void needsNoEscapingInAnAddress() {
    assertThat(PageCursor.write('h', new RowWriter().text("~~~???>>>"))).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void isRefusedByAnotherList() {
    assertRefused('c', CURSOR);
  }

  @Test
  void isRefusedInAnotherFormat() {
    byte[] bytes = Base64.getUrlDecoder().decode(CURSOR);
    bytes[0]++;
    assertRefused('h', Base64.getUrlEncoder().encodeToString(bytes));
  }

  @Test
  void isRefusedWhenCutOff() {
    assertRefused('h', CURSOR.substring(0, CURSOR.length() - 3));
  }

  @Test
  void isRefusedWithSomethingBehindIt() {
    byte[] bytes = Base64.getUrlDecoder().decode(CURSOR);
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    assertRefused('h', Base64.getUrlEncoder().withoutPadding().encodeToString(longer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "no cursor", "AAAA", "////"})
  void isRefusedWhenItIsNone(String cursor) {
    assertRefused('h', cursor);
  }

  private static void assertRefused(char list, String cursor) {
    assertThatThrownBy(() -> PageCursor.read(list, cursor, PageCursorTest::parts))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("begin again without it");
  }

  private static String parts(RowReader reader) {
    return reader.int64() + " " + reader.text();
  }
}
