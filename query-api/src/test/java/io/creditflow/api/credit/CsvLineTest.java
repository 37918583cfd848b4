package io.creditflow.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void anApostropheGoesBeforeWhatStandsFirstInTheFieldOrBehindASeparatorInIt() {
    assertThat(text("=1+2")).isEqualTo("\"'=1+2\"");
    assertThat(text("@x")).isEqualTo("\"'@x\"");
    assertThat(text("-")).isEqualTo("\"'-\"");
    assertThat(text("a,=1;+2\t-3\r@4\n=5")).isEqualTo("\"a,'=1;'+2\t'-3\r'@4\n'=5\"");
    assertThat(text("\uFF1D1;\uFF0B2;\uFF0D3;\uFF204"))
        .isEqualTo("\"'\uFF1D1;'\uFF0B2;'\uFF0D3;'\uFF204\"");
  }

  @Test
  void blanksAndQuotesArePassedOver() {
    assertThat(text(" \u00A0\"=1")).isEqualTo("\" \u00A0\"\"'=1\"");
    assertThat(text("'+1")).isEqualTo("\"''+1\"");
    assertThat(text("a; \"-1\"")).isEqualTo("\"a; \"\"'-1\"\"\"");
  }

  @Test
  void elsewhereNothingIsPutIn() {
    assertThat(text("a=b")).isEqualTo("a=b");
    assertThat(text("2 + 2 - 1")).isEqualTo("2 + 2 - 1");
    assertThat(text("me@example.com")).isEqualTo("me@example.com");
    assertThat(text("a; b=c")).isEqualTo("a; b=c");
    assertThat(text("==")).isEqualTo("\"'==\"");
    assertThat(text("")).isEmpty();
    assertThat(text(null)).isEmpty();
  }

  @Test
  void fieldsAreQuotedWhereTheyMustBe() {
    assertThat(text("a,b")).isEqualTo("\"a,b\"");
    assertThat(text("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(text("two\nlines")).isEqualTo("\"two\nlines\"");
    assertThat(new CsvLine().plain(-5).plain(null).text("x").end()).isEqualTo("-5,,x\r\n");
  }

  private static String text(String value) {
    String line = new CsvLine().text(value).end();
    return line.substring(0, line.length() - 2);
  }
}
