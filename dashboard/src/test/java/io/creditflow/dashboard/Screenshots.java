package io.creditflow.dashboard;

import io.creditflow.testkit.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Takes the pictures for README and docs from a running product: {@code Screenshots ADDRESS TOKEN
 * DIRECTORY}.
 */
final class Screenshots {
  private static final String CREDITS = "&page=settings/credits&by=source&balance=1";

  /** As high as the page is. */
  private static final int WHOLE = 0;

  private record Screenshot(
      String file, int width, int height, String colours, String query, String drawn) {}

  private static final List<Screenshot> VERSIONS =
      List.of(
          new Screenshot("dashboard.png", 1440, WHOLE, "light", CREDITS, ".chart-balance"),
          new Screenshot("dashboard-dark.png", 1440, WHOLE, "dark", CREDITS, ".chart-balance"),
          new Screenshot("dashboard-mobile.png", 390, WHOLE, "light", CREDITS, ".chart-balance"),
          new Screenshot(
              "dashboard-history.png",
              1440,
              900,
              "light",
              "&page=settings/credits/history",
              "[data-row]"),
          new Screenshot(
              "dashboard-campaigns.png", 1440, 900, "light", "", "campaign-table tbody tr"),
          new Screenshot(
              "dashboard-campaign.png",
              1440,
              900,
              "light",
              "&page=campaign&campaign=%s",
              ".chart-bucket"));

  private static final Screenshot OPERATIONS =
      new Screenshot(
          "dashboard-operations.png", 1440, 900, "light", "&page=operations", "[data-lag]");

  private Screenshots() {}

  public static void main(String[] arguments) throws IOException {
    String address = arguments[0];
    Path directory = Path.of(arguments[2]);
    try (var browser = new Browser()) {
      browser.open(address + "/#token=" + arguments[1]);
      browser.find("campaign-table tbody tr");
      String workspace =
          (String) browser.script("return new URLSearchParams(location.search).get('w')");
      String campaign = browser.attribute("[data-campaign]", "data-campaign");
      for (Screenshot version : VERSIONS)
        take(
            browser,
            address + "/?w=" + workspace + version.query().formatted(campaign),
            version,
            directory);
    }
    if (arguments.length > 3) {
      try (var browser = new Browser()) {
        browser.open(address + "/#token=" + arguments[3]);
        browser.find(OPERATIONS.drawn());
        take(browser, address + "/?" + OPERATIONS.query().substring(1), OPERATIONS, directory);
      }
    }
  }

  private static void take(Browser browser, String address, Screenshot version, Path directory)
      throws IOException {
    browser.size(version.width(), version.height() == WHOLE ? 900 : version.height());
    browser.colours(version.colours());
    browser.devTools("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    browser.goTo(address);
    browser.find(version.drawn());
    browser.await("still loading", () -> !browser.has(".skeleton"));
    if (version.height() == WHOLE) {
      Number height = (Number) browser.script("return document.documentElement.scrollHeight");
      browser.size(version.width(), height.intValue());
      browser.await("not laid out", () -> browser.has(version.drawn()));
    }
    Object data = browser.devTools("Page.captureScreenshot", Map.of("format", "png")).get("data");
    Path file = directory.resolve(version.file());
    Files.write(file, Base64.getDecoder().decode((String) data));
    System.out.println(file);
  }
}
