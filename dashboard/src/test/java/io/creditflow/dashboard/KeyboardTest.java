package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The focus and the announcements of screen readers, for people without a pointer. */
class KeyboardTest extends BrowserTest {
  private static final String CREDITS = "?w=acme&page=settings/credits";
  private static final String HISTORY = CREDITS + "/history";

  @AfterEach
  void goOnline() {
    offline(false);
    forcedColours("none");
  }

  @Test
  void whoSignsOutIsAtTheHeadingThatSaysSo() {
    open("reader", CREDITS);
    focusOn(".nav button.nav-link");
    browser.press(Keys.ENTER);
    browser.awaitText("h1", "You are signed out");
    awaitFocusOn("h1");
    open("reader", CREDITS);
    browser.find(".balance-number");
    server.fail("/v1/", 401, "The token has expired.", Duration.ZERO);
    browser.awaitText("h1", "Your session has ended");
    awaitFocusOn("h1");
  }

  @Test
  void noLinkOfATableWaitsUnderItsPinnedRows() {
    openCredits("&view=table&by=source&compare=1");
    Long links = (Long) browser.script("return document.querySelectorAll('tbody [href]').length");
    focusOn(".table-scroll");
    browser.script(
        "window.hidden = []; document.querySelector('.table-scroll').addEventListener('focusin', e"
            + " => requestAnimationFrame(() => { const r = e.target.getBoundingClientRect(); for"
            + " (const y of [r.top + 2, r.bottom - 2]) if (e.target !=="
            + " document.elementFromPoint(r.left + 5, y)) hidden.push(e.target.textContent); }))");
    for (int i = 0; i < Math.min(30, links); i++) browser.press(Keys.TAB);
    for (int i = 0; i < 25; i++) browser.pressShiftTab();
    assertThat((List<?>) browser.script("return hidden")).isEmpty();
  }

  @Test
  void theArrowedCampaignIsOutlined() {
    openHistory();
    for (String colours : List.of("none", "active")) {
      forcedColours(colours);
      browser.click("#campaign-picker");
      browser.find(".choices:not([hidden]) li");
      browser.press(Keys.ARROW_DOWN);
      browser.find(".choices .active");
      assertThat(browser.script("return " + style(".choices .active", "outline")))
          .asString()
          .contains("solid 2px");
      browser.press(Keys.ESCAPE);
    }
  }

  @Test
  void thePickerOpensWhenAskedAndLosesNoArrow() {
    openHistory();
    focusOn("history-range select");
    server.fail("/campaigns?", 0, "", Duration.ofMillis(300));
    browser.press(Keys.TAB);
    awaitFocusOn("#campaign-picker");
    int before = server.requests().size();
    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    browser.find("#campaign-choice-1.active");
    assertThat(asked("/campaigns?", before)).isEqualTo(1);
    browser.press(Keys.ESCAPE);
    browser.press("w", "e", Keys.ARROW_DOWN);
    browser.find("#campaign-choice-0.active");
    browser.press(Keys.ENTER);
    browser.await("chosen", () -> browser.address().contains("campaign="));
  }

  @Test
  void tabbingThroughThePickerAsksNothing() {
    openHistory();
    focusOn("history-range select");
    int before = server.requests().size();
    browser.press(Keys.TAB, Keys.TAB);
    browser.await("a poll later", () -> asked("/history", before) > 0);
    assertThat(asked("/campaigns?", before)).isZero();
    assertThat(browser.attribute("#campaign-picker", "aria-expanded")).isEqualTo("false");
  }

  @Test
  void tryingAgainSaysWhenItIsInVainAndKeepsTheFocusWhenNot() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    server.fail("/v1/workspaces/", 503, "Not now.", Duration.ZERO);
    browser.find(".freshness.away .button");
    focusOn(".freshness .button");
    browser.press(Keys.ENTER);
    browser.awaitText("#announcements", "Still cannot be reached.");
    awaitFocusOn(".freshness .button");
    server.heal();
    browser.press(Keys.ENTER);
    browser.find(".freshness.fresh");
    awaitFocusOn(".freshness-text");
  }

  @Test
  void tryingAPanelAgainKeepsThePlace() {
    server.fail("/trends?", 500, "The books could not be read.", Duration.ZERO);
    open("reader", CREDITS);
    browser.find(".trends .panel-failure .button");
    server.heal();
    focusOn(".trends .panel-failure .button");
    browser.press(Keys.ENTER);
    browser.find(".chart-bucket");
    awaitFocusOn("#trends-title");

    server.fail("/v1/me", 503, "Not now.", Duration.ZERO);
    open("reader", CREDITS);
    browser.find(".page-notice .button");
    focusOn(".page-notice .button");
    server.heal();
    browser.press(Keys.ENTER);
    browser.awaitTexts("h1", "Settings");
    awaitFocusOn("h1");
  }

  @Test
  void whenTheNetworkIsBackThePageAsksAtOnce() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    offline(true);
    browser.find(".freshness.away");
    int rounds = server.requests().size();
    browser.script("window.awayAt = performance.now()");
    browser.await(
        "several attempts have failed",
        () -> (Boolean) browser.script("return performance.now() - awayAt > 17000"));
    assertThat(server.requests()).hasSize(rounds);
    offline(false);
    browser.script("window.backAt = performance.now()");
    browser.find(".freshness.fresh");
    assertThat(((Number) browser.script("return performance.now() - backAt")).longValue())
        .isLessThan(4_000);
  }

  @Test
  void whatIsHiddenFromSightIsReadWithItsBlanks() {
    open("reader", "?w=acme&q=a");
    browser.find("campaign-table tbody tr");
    assertThat(browser.find("campaign-table .csv").getAccessibleName())
        .isEqualTo("CSV of these campaigns");
    assertHiddenTextsWhole();
    server.fail("/campaigns", 0, "", Duration.ofSeconds(2));
    browser.click("campaign-table .csv");
    browser.awaitText("campaign-table .csv", "Preparing…");
    assertThat(browser.find("campaign-table .csv").getAccessibleName())
        .isEqualTo("Preparing… the CSV file of these campaigns");
    server.heal();
    openHistory();
    assertHiddenTextsWhole();
    openCredits("&view=table");
    assertHiddenTextsWhole();
  }

  /** Each is one text: between texts of their own Chromium's names lose the blanks. */
  private void assertHiddenTextsWhole() {
    assertThat(
            (List<?>)
                browser.script(
                    "return [...document.querySelectorAll('.visually-hidden')].filter(e =>"
                        + " [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim()).length"
                        + " > 1).map(e => e.textContent)"))
        .isEmpty();
  }

  @Test
  void theFirstOlderEntryHasTheFocusAndAName() {
    openHistory();
    focusOn(".history-end button");
    browser.press(Keys.ENTER);
    browser.await("more rows", () -> browser.all("[data-row]").size() == 100);
    browser.await(
        "in the first new row",
        () ->
            browser
                .attributes("[data-row]", "data-row")
                .get(50)
                .equals(
                    browser.script(
                        "return document.activeElement.closest('[data-row]')?.dataset.row")));
    assertThat(browser.find(":focus").getAccessibleName())
        .matches("\\d+:\\d\\d:\\d\\d\\s[AP]M ?, [A-Z][a-z]{2} \\d+");
  }

  @Test
  void escapeClosesTheMenuWhereverTheFocusIs() {
    browser.size(320, 700);
    open("reader", CREDITS);
    browser.find(".balance-number");
    for (String place : List.of("#sidebar-body select", "#sidebar-body a", "#content")) {
      focusOn(".menu-button");
      browser.press(Keys.ENTER);
      browser.find(".sidebar-body.open");
      focusOn(place);
      browser.press(Keys.ESCAPE);
      browser.await("closed from " + place, () -> !browser.has(".sidebar-body.open"));
      awaitFocusOn(".menu-button");
    }
  }

  @Test
  void arrowingThroughASelectIsOneStepOfTheHistory() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    focusOn(".workspace select");
    for (String workspace : List.of("globex", "initech")) {
      browser.press(Keys.ARROW_DOWN);
      browser.await(workspace, () -> browser.address().contains("w=" + workspace));
    }
    browser.back();
    browser.await("the first again", () -> browser.address().contains("w=acme"));

    focusOn("campaign-table select");
    browser.press(Keys.ARROW_DOWN);
    browser.await("a status", () -> browser.address().contains("status="));
    String first = browser.address();
    browser.press(Keys.ARROW_DOWN);
    browser.await("the next", () -> !browser.address().equals(first));
    browser.back();
    browser.await("none", () -> !browser.address().contains("status="));
  }

  @Test
  void theChartCanBeSkipped() {
    openCredits("&hours=1&range=7d");
    browser.find(".skip-chart");
    focusOn(".skip-chart");
    assertThat(browser.find(".skip-chart").getRect().getWidth()).isGreaterThan(50);
    browser.press(Keys.ENTER);
    awaitFocusOn("#chart-end");
    assertThat(browser.address()).contains("page=settings/credits").doesNotContain("#");
    assertThat(
            browser.script(
                "return !!(document.querySelector('.skip-chart').compareDocumentPosition("
                    + "document.querySelector('.chart')) & Node.DOCUMENT_POSITION_FOLLOWING)"))
        .isEqualTo(true);
  }

  @Test
  void aWrongFieldIsMarkedItself() {
    open("reader", CREDITS + "&range=2026-11-01..2026-11-02");
    browser.find("day-range input");
    Object before = browser.script("return " + style("day-range input", "border"));
    browser.script("document.querySelector('day-range input').value = ''");
    browser.click("day-range .button");
    browser.find("day-range input[aria-invalid=true]");
    assertThat(browser.script("return " + style("day-range input", "border")))
        .asString()
        .startsWith("2px solid")
        .isNotEqualTo(before);
  }

  @Test
  void goingBackIsToTheLinkOrBarThatOneLeftFrom() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    focusOn("campaign-table tbody tr:nth-child(3) a");
    String href = browser.focused("href");
    browser.press(Keys.ENTER);
    browser.find(".tiles");
    browser.back();
    browser.await("at the link", () -> href.equals(browser.focused("href")));

    openCredits("");
    focusOn(".chart-bucket[tabindex='0']");
    browser.press(Keys.ARROW_LEFT);
    String day = browser.focused("data-start");
    browser.press(Keys.ENTER);
    browser.awaitText("h1", "Credit History");
    browser.back();
    browser.await("at the bar", () -> day.equals(browser.focused("data-start")));
  }

  private void openHistory() {
    open("reader", HISTORY);
    browser.find("[data-row]");
  }

  private void focusOn(String css) {
    browser.find(css);
    browser.script("document.querySelector(arguments[0]).focus()", css);
  }

  private void awaitFocusOn(String css) {
    browser.await(
        "the focus is not on " + css,
        () -> (Boolean) browser.script("return document.activeElement.matches(arguments[0])", css));
  }

  private long asked(String part, int since) {
    return server.requests().stream().skip(since).filter(one -> one.contains(part)).count();
  }

  private static String style(String css, String property) {
    return "getComputedStyle(document.querySelector('" + css + "'))." + property;
  }

  private void forcedColours(String value) {
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", value))));
  }

  private void offline(boolean offline) {
    browser.devTools("Network.enable", Map.of());
    browser.devTools(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }
}
