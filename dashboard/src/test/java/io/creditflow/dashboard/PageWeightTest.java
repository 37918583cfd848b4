package io.creditflow.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the page costs: bytes, jumps, nodes drawn again, and that it asks nobody else. */
class PageWeightTest extends BrowserTest {
  private static final int SCRIPT_BYTES_MAX = 90_000;
  private static final double SHIFT_MAX = 0.05;
  private static final int LOOKS = 3;
  private static final int BAR_CHANGES_MAX = 25;

  @Override
  boolean large() {
    return true;
  }

  @Test
  void scriptsStayWithinTheirBudget() throws Exception {
    int bytes = 0;
    for (Path script : scripts()) bytes += gzipped(asSent(script)).length;
    assertThat(bytes).isLessThan(SCRIPT_BYTES_MAX);
  }

  @Test
  void everyModuleIsPreloaded() throws Exception {
    Path root = root();
    String index = Files.readString(root.resolve("index.html"));
    var named =
        scripts().stream()
            .map(script -> root.relativize(script).toString())
            .filter(path -> !path.equals("js/main.js"))
            .sorted()
            .toList();
    var preloaded =
        index
            .lines()
            .filter(line -> line.contains("modulepreload"))
            .map(line -> line.replaceAll(".*href=\"([^\"]*)\".*", "$1"))
            .toList();
    assertThat(preloaded).isEqualTo(named);
  }

  @Test
  void nothingIsAskedOfAnyoneElse() {
    openCredits("");
    @SuppressWarnings("unchecked")
    var names =
        (List<String>)
            browser.script("return performance.getEntriesByType('resource').map(e => e.name)");
    assertThat(names).isNotEmpty().allMatch(name -> name.startsWith(server.url() + "/"));
  }

  @Test
  void thePageNeedsNoInlineScriptOrStyle() {
    browser.devTools("Page.enable", Map.of());
    browser.devTools(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "window.violations = []; addEventListener('securitypolicyviolation', e =>"
                + " violations.push(e.violatedDirective + ' ' + e.sourceFile + ' ' + e.sample))"));
    openCredits("&by=campaign&balance=1&compare=1");
    browser.hover(browser.all(".chart-bucket").get(20));
    browser.find(".chart-tip");
    assertThat((List<?>) browser.script("return violations")).isEmpty();
  }

  @Test
  void nothingJumpsOnASlowPhone() {
    browser.devTools("Network.enable", Map.of());
    browser.devTools(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            40,
            "downloadThroughput",
            200_000,
            "uploadThroughput",
            94_000));
    browser.devTools("Emulation.setCPUThrottlingRate", Map.of("rate", 4));
    try {
      for (int width : new int[] {1440, 390}) {
        browser.size(width, 844);
        double paint = Double.MAX_VALUE;
        double shift = Double.MAX_VALUE;
        // What comes late on a busy machine moves what is there already: the best of a few looks.
        for (int look = 0; look < LOOKS && shift >= SHIFT_MAX; look++) {
          openCredits("");
          paint =
              Math.min(
                  paint,
                  number("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
          shift =
              Math.min(
                  shift,
                  number(
                      "new Promise(done => new PerformanceObserver(l =>"
                          + " done(l.getEntries().filter(e => !e.hadRecentInput).reduce((s, e) => s"
                          + " + e.value, 0))).observe({type: 'layout-shift', buffered: true}) ||"
                          + " setTimeout(() => done(0), 500))"));
        }
        System.out.printf(
            "Dashboard on a slow phone, %d px: first contentful paint %.0f ms%n", width, paint);
        assertThat(shift).as("layout shift at " + width).isLessThan(SHIFT_MAX);
      }
    } finally {
      browser.devTools("Emulation.setCPUThrottlingRate", Map.of("rate", 1));
      browser.devTools(
          "Network.emulateNetworkConditions",
          Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }
  }

  @Test
  void fromBarToBarOnlyTheTipIsDrawnAgainInFourHundredDays() {
    open("reader", "?w=umbrella&page=settings/credits&by=campaign&range=90d");
    browser.find(".chart-bucket");
    browser.script(
        "window.longest = 0; new PerformanceObserver(l => l.getEntries().forEach(e => longest ="
            + " Math.max(longest, e.duration))).observe({type: 'longtask'})");
    String today = java.time.LocalDate.now(java.time.ZoneId.of("Australia/Lord_Howe")).toString();
    browser.script(
        "history.pushState(null, '', location.search.replace('90d', arguments[0]));"
            + " dispatchEvent(new PopStateEvent('popstate'))",
        java.time.LocalDate.parse(today).minusDays(399) + ".." + today);
    browser.await("400 bars", () -> browser.all(".chart-bucket").size() == 400);
    assertThat(browser.all("path.series")).hasSize(8);
    browser.hover(browser.all(".chart-bucket").get(200));
    browser.find(".chart-tip");
    double longest = number("longest");
    double changes =
        number(
            "(async () => { const chart = document.querySelector('usage-chart'); let changes = 0;"
                + " const observer = new MutationObserver(all => { changes += all.length; });"
                + " observer.observe(chart, {subtree: true, childList: true, attributes: true,"
                + " characterData: true}); window.begun = performance.now(); for (let day = 0;"
                + " day < 100; day++) { chart.active = day; await chart.updateComplete; }"
                + " window.took = (performance.now() - begun) / 100; await new Promise(done =>"
                + " setTimeout(done)); observer.disconnect(); return changes / 100; })()");
    System.out.printf(
        "400 days: the page was stuck for %.0f ms at most; from bar to bar %.1f ms, %.2f changes of"
            + " the document%n",
        longest, number("took"), changes);
    assertThat(changes).as("changes of the document from bar to bar").isLessThan(BAR_CHANGES_MAX);
  }

  private double number(String expression) {
    return ((Number) browser.script("return " + expression)).doubleValue();
  }

  private static Path root() throws URISyntaxException {
    return Path.of(PageWeightTest.class.getResource("/dashboard/index.html").toURI()).getParent();
  }

  private static List<Path> scripts() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /**
   * The page's own modules go without their documentation and indentation, as {@code
   * DashboardFiles} sends them.
   */
  private static byte[] asSent(Path script) throws IOException {
    String text = Files.readString(script);
    return (script.toString().contains("vendor")
            ? text
            : text.replaceAll("(?m)^[ \\t]*/\\*\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/[ \\t]*$", "")
                .replaceAll("(?m)^[ \\t]+", ""))
        .getBytes(UTF_8);
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
