package io.creditflow.bench;

import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars with one unit, as SVG. */
public record BarChart(String title, String unit, List<Bar> bars) {
  private static final int WIDTH = 760;
  private static final int LABELS = 130;
  private static final int FIGURES = 120;
  private static final int TOP = 44;
  private static final int ROW = 30;

  /** One bar. The product's bars ({@code ours}) have a highlight colour. */
  public record Bar(String label, double value, boolean ours) {}

  String svg() {
    int height = TOP + bars.size() * ROW + 12;
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img' aria-label='%s'"
            + " font-family='sans-serif' font-size='14'>",
        WIDTH,
        height,
        escaped(title));
    line(svg, "<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, height);
    line(svg, "<text x='12' y='26' font-weight='bold'>%s (%s)</text>", escaped(title), unit);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = TOP + i * ROW;
      double length = Math.max(1, (WIDTH - LABELS - FIGURES) * bar.value() / most);
      line(svg, "<text x='12' y='%d'>%s</text>", y + 16, escaped(bar.label()));
      line(
          svg,
          "<rect x='%d' y='%d' width='%.1f' height='20' fill='%s'/>",
          LABELS,
          y + 1,
          length,
          bar.ours() ? "#2457d6" : "#9aa4b2");
      line(svg, "<text x='%.1f' y='%d'>%,.0f</text>", LABELS + length + 8, y + 16, bar.value());
    }
    return svg.append("</svg>\n").toString();
  }

  private static void line(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }
}
