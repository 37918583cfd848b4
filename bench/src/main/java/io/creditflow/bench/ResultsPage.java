package io.creditflow.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The results of a benchmark in Markdown. Lines are printed at once; {@link #writeDocs} also writes
 * them to {@code docs/performance.md}.
 */
public final class ResultsPage {
  /** The system property with the project's directory; set by {@code bin/bench}. */
  private static final String HOME = "bench.home";

  private final String name;
  private final PrintWriter out;
  private final List<String> lines = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();
  private final List<String> ratios = new ArrayList<>();
  private BarChart chart;

  public ResultsPage(String name, PrintWriter out) {
    this.name = name;
    this.out = out;
  }

  public void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    lines.add(line);
    out.println(line);
  }

  /** Adds a table whose first column has names and whose other columns have numbers. */
  public void table(List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.size()];
    List<List<String>> all = new ArrayList<>(List.of(header));
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(Math.max(widths[i], 3), row.get(i).length());
      }
    }
    line("");
    line("%s", row(header, widths));
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append(" ").append("-".repeat(widths[i] - (i == 0 ? 0 : 1)));
      rule.append(i == 0 ? " |" : ": |");
    }
    line("%s", rule);
    rows.forEach(row -> line("%s", row(row, widths)));
    line("");
  }

  private static String row(List<String> cells, int[] widths) {
    StringBuilder row = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String blank = " ".repeat(widths[i] - cell.length());
      row.append(' ').append(i == 0 ? cell + blank : blank + cell).append(" |");
    }
    return row.toString();
  }

  /** Sets the chart that {@code docs/performance.md} shows above the results. */
  public void chart(BarChart version) {
    chart = version;
  }

  /** Adds a ratio. Ratios are printed at the end of the output. */
  public void ratio(String ratio, double value) {
    ratios.add(ReportFormat.ratio(ratio, value));
  }

  /** Adds a count or a rate. Figures are printed at the end of the output, before the ratios. */
  public void figure(String figure, double value) {
    figures.add(ReportFormat.figure(figure, value));
  }

  /** The lines of all figures, then those of all ratios. */
  List<String> lastLines() {
    return Stream.concat(figures.stream(), ratios.stream()).toList();
  }

  void writeDocs() throws IOException {
    Path docs = Path.of(System.getProperty(HOME, "")).resolve("docs");
    if (chart != null) {
      Files.writeString(docs.resolve("performance-" + name + ".svg"), chart.svg());
    }
    Path page = docs.resolve("performance.md");
    Files.writeString(page, replaced(Files.readString(page)));
    ReportFormat.progress("wrote %s", page);
  }

  /** The document with the text between this benchmark's two marks replaced by the results. */
  String replaced(String document) {
    String begin = "<!-- bin/bench " + name + " -->\n";
    String end = "<!-- end of bin/bench " + name + " -->";
    int from = document.indexOf(begin);
    int to = document.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException(
          "docs/performance.md has no place for " + name + ": it needs the lines " + begin + end);
    }
    StringBuilder text = new StringBuilder();
    if (chart != null) {
      text.append("![").append(chart.title()).append("](performance-").append(name);
      text.append(".svg)\n\n");
    }
    lines.forEach(line -> text.append(line).append('\n'));
    text.append("```\n");
    lastLines().forEach(line -> text.append(line).append('\n'));
    text.append("```\n");
    return document.substring(0, from + begin.length()) + text + document.substring(to);
  }
}
