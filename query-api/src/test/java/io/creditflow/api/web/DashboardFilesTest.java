package io.creditflow.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DashboardFilesTest {
  @Test
  void leavesOutDocumentationAndKeepsCodeOnItsLine() {
    assertThat(
            sent(
                "/** Words. */\nimport 'x';\n\n/**\n * @param {string} a *\n */\nconst f = a => a;\n"))
        .isEqualTo("\nimport 'x';\n\n\n\n\nconst f = a => a;\n");
    assertThat(sent("  /** @type {string} */\n  name = '§';\n")).isEqualTo("\nname = '§';\n");
  }

  @Test
  void leavesOutIndentationAndNoOtherBlank() {
    assertThat(sent("if (a) {\n  b = `<p>\n    c  d</p>`; \n\n\te();\n}\n"))
        .isEqualTo("if (a) {\nb = `<p>\nc  d</p>`; \n\ne();\n}\n");
  }

  @Test
  void keepsCommentsThatShareALineWithCode() {
    for (String code :
        new String[] {
          "const link = /** @type {Element} */ (found);\n",
          "/** @type {Element} */ (found).focus();\nrun(); /* plain */\n",
          "const glob = 'a/**'; const end = '*/';\n",
          "/* plain */\n// line\n"
        }) {
      assertThat(sent(code)).isEqualTo(code);
    }
  }

  private static String sent(String module) {
    return new String(DashboardFiles.compact(module.getBytes(UTF_8)), UTF_8);
  }
}
