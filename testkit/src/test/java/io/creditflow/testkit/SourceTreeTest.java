package io.creditflow.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names and prose of the whole source tree, as Git has it (docs/ARCHITECTURE.md, Glossary). */
class SourceTreeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int COLUMNS_MAX = 120;

  /** Words of former metaphors and of prose that reads as translated, each with the better one. */
  private static final Map<String, String> BANNED =
      Map.ofEntries(
          Map.entry("anew", "again"),
          Map.entry("books", "state"),
          Map.entry("desk", "the evaluator or the monitor"),
          Map.entry("errand", "job"),
          Map.entry("in earnest", "in production"),
          Map.entry("intake", "event processor"),
          Map.entry("mangler", "corruptor"),
          Map.entry("mend", "fix"),
          Map.entry("mended", "fixed"),
          Map.entry("mends", "fixes"),
          Map.entry("referee", "reference calculator"),
          Map.entry("shelf", "store"),
          Map.entry("to be had", "available"),
          Map.entry("told", "reported, sent, shown or asked"),
          Map.entry("unopened", "not opened"),
          Map.entry("vandal", "corruptor"),
          Map.entry("verdict", "outcome"),
          Map.entry("waiting room", "pending reversals"),
          Map.entry("wanted were", "Target:"),
          Map.entry("workshop", "task context"));

  private static final Pattern BANNED_WORD =
      Pattern.compile(
          "\\b("
              + String.join("|", new TreeSet<>(BANNED.keySet())).replace(" ", "\\s+(?:\\*\\s+)?")
              + ")\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CODE_IN_JAVADOC = Pattern.compile("\\{@(?:code|link)\\s[^}]*}");
  private static final Pattern CODE_IN_MARKDOWN = Pattern.compile("`[^`\n]*`");
  private static final Pattern BUILD_FILE =
      Pattern.compile(
          "(^|/)(target|node_modules)/|\\.(class|log|jar|hprof)$|(^|/)(javac\\..*\\.args|hs_err_.*"
              + "|dependency-reduced-pom\\.xml|\\.flattened-pom\\.xml)$");

  @Test
  void usesNoBannedWordInProseAndComments() throws Exception {
    List<String> found = new ArrayList<>();
    BiConsumer<Path, String> check =
        (file, prose) -> {
          Matcher word = BANNED_WORD.matcher(prose);
          while (word.find()) {
            long line = 1 + prose.substring(0, word.start()).chars().filter(c -> c == '\n').count();
            String plain = word.group().replaceAll("[\\s*]+", " ").toLowerCase(Locale.ROOT);
            found.add("%s:%d: '%s'; %s".formatted(file, line, plain, BANNED.get(plain)));
          }
        };
    for (Path file : tracked()) {
      if (file.toString().endsWith(".java")) {
        check.accept(file, blank(commentsOf(read(file)), CODE_IN_JAVADOC));
      } else if (file.toString().endsWith(".md")) {
        check.accept(file, blank(read(file), CODE_IN_MARKDOWN));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void wrapsProseAt120Columns() throws Exception {
    List<String> found = new ArrayList<>();
    for (Path file : tracked()) {
      if (file.toString().endsWith(".md")) {
        found.addAll(longLines(file, read(file).lines().toList()));
      }
    }
    assertThat(found).isEmpty();
  }

  /** Tables, headings, code, comments and what {@code bin/bench} writes may be longer. */
  private static List<String> longLines(Path file, List<String> lines) {
    List<String> found = new ArrayList<>();
    boolean isCode = false;
    boolean isWritten = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String text = line.strip();
      isCode ^= text.startsWith("```");
      if (text.startsWith("<!-- ")) {
        isWritten = text.startsWith("<!-- bin/bench ");
      }
      boolean isProse = !isCode && !isWritten && !text.startsWith("|") && !text.startsWith("#");
      if (isProse
          && line.length() > COLUMNS_MAX
          && text.contains(" ")
          && !line.startsWith("    ")) {
        found.add("%s:%d: %d columns".formatted(file, i + 1, line.length()));
      }
    }
    return found;
  }

  @Test
  void usesEachClassNameOnce() throws Exception {
    Map<String, List<Path>> byName = new TreeMap<>();
    for (Path file : tracked()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".java") && !name.equals("package-info.java")) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
      }
    }
    byName.values().removeIf(files -> files.size() == 1);
    assertThat(byName).isEmpty();
  }

  @Test
  void tracksNoFileThatABuildMakes() throws Exception {
    List<Path> found = new ArrayList<>(tracked());
    found.removeIf(file -> !BUILD_FILE.matcher(file.toString()).find());
    assertThat(found).isEmpty();
  }

  /** What Git tracks and is there, relative to the root. */
  private static List<Path> tracked() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder(
                "git", "-c", "core.quotePath=false", "-c", "safe.directory=*", "ls-files")
            .directory(ROOT.toFile())
            .start();
    List<Path> files =
        git.inputReader(UTF_8)
            .lines()
            .map(Path::of)
            .filter(file -> Files.isRegularFile(ROOT.resolve(file)))
            .toList();
    assertThat(git.waitFor()).isZero();
    return files;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /** The text without what the pattern finds, lines kept. */
  private static String blank(String text, Pattern pattern) {
    return pattern.matcher(text).replaceAll(code -> code.group().replaceAll("[^\n]", "_"));
  }

  /** A Java file's comments where they stand, all else blank. */
  private static String commentsOf(String java) {
    StringBuilder comments = new StringBuilder(java.length());
    int at = 0;
    while (at < java.length()) {
      int end = endOfToken(java, at);
      boolean isComment = java.startsWith("//", at) || java.startsWith("/*", at);
      for (; at < end; at++) {
        char c = java.charAt(at);
        comments.append(isComment || c == '\n' ? c : ' ');
      }
    }
    return comments.toString();
  }

  private static int endOfToken(String java, int at) {
    if (java.startsWith("//", at)) {
      return after(java, "\n", at);
    }
    if (java.startsWith("/*", at)) {
      return after(java, "*/", at + 2);
    }
    if (java.startsWith("\"\"\"", at)) {
      return after(java, "\"\"\"", at + 3);
    }
    char quote = java.charAt(at);
    if (quote != '"' && quote != '\'') {
      return at + 1;
    }
    int end = at + 1;
    while (java.charAt(end) != quote) {
      end += java.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }

  private static int after(String java, String mark, int from) {
    int found = java.indexOf(mark, from);
    return found < 0 ? java.length() : found + mark.length();
  }
}
