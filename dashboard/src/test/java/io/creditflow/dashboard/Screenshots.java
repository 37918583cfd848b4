package io.creditflow.dashboard;

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

  private record Picture(
      String file, int width, int height, String colours, String query, String drawn) {}

  private static final List<Picture> PICTURES =
      List.of(
          new Picture("dashboard.png", 1440, WHOLE, "light", CREDITS, ".chart-balance"),
          new Picture("dashboard-dark.png", 1440, WHOLE, "dark", CREDITS, ".chart-balance"),
          new Picture("dashboard-mobile.png", 390, WHOLE, "light", CREDITS, ".chart-balance"),
          new Picture(
              "dashboard-history.png",
              1440,
              900,
              "light",
              "&page=settings/credits/history",
              "[data-row]"),
          new Picture("dashboard-campaigns.png", 1440, 900, "light", "", "campaign-table tbody tr"),
          new Picture(
              "dashboard-campaign.png",
              1440,
              900,
              "light",
              "&page=campaign&campaign=%s",
              ".chart-bucket"));

  private static final Picture OPERATIONS =
      new Picture("dashboard-operations.png", 1440, 900, "light", "&page=operations", "[data-lag]");

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
      for (Picture picture : PICTURES)
        take(
            browser,
            address + "/?w=" + workspace + picture.query().formatted(campaign),
            picture,
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

  private static void take(Browser browser, String address, Picture picture, Path directory)
      throws IOException {
    browser.size(picture.width(), picture.height() == WHOLE ? 900 : picture.height());
    browser.colours(picture.colours());
    browser.devTools("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    browser.goTo(address);
    browser.find(picture.drawn());
    browser.await("still loading", () -> !browser.has(".skeleton"));
    if (picture.height() == WHOLE) {
      Number height = (Number) browser.script("return document.documentElement.scrollHeight");
      browser.size(picture.width(), height.intValue());
      browser.await("not laid out", () -> browser.has(picture.drawn()));
    }
    Object data = browser.devTools("Page.captureScreenshot", Map.of("format", "png")).get("data");
    Path file = directory.resolve(picture.file());
    Files.write(file, Base64.getDecoder().decode((String) data));
    System.out.println(file);
  }
}
