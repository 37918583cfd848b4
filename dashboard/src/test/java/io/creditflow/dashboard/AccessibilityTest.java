package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Accessibility, reflow and reach by keyboard, over every page and state. */
class AccessibilityTest extends BrowserTest {
  /** What to open, and what is there once it is drawn. */
  private static final Map<String, String> PAGES =
      Map.of(
          "?w=acme", "campaign-table tbody tr",
          "?w=acme&page=campaign&campaign=c-006", ".chart-bucket",
          "?w=acme&page=settings/credits&by=campaign&compare=1&balance=1", ".chart-previous",
          "?w=acme&page=settings/credits&view=table&by=source", ".table-scroll",
          "?w=globex&page=settings/credits&hours=1&range=7d", ".chart-bucket",
          "?w=initech&page=settings/credits", ".chart-empty",
          "?w=acme&page=settings/credits/history", "[data-row]",
          "?page=operations", "[data-lag]",
          "?w=nowhere&page=settings/credits", ".page-notice");

  @ParameterizedTest
  @ValueSource(strings = {"1440 light", "1440 dark", "320 light", "320 dark"})
  void everyPageIsAccessibleAndFitsItsWidth(String look) {
    int width = Integer.parseInt(look.substring(0, look.indexOf(' ')));
    browser.size(width, 900);
    browser.colours(look.substring(look.indexOf(' ') + 1));
    PAGES.forEach(
        (query, drawn) -> {
          open("both", query);
          browser.find(drawn);
          browser.await("still loading", () -> !browser.has("[aria-hidden=true] > .skeleton"));
          assertFits(query + " at " + look);
          if (!look.equals("320 light")) assertAccessible(query + " at " + look);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?w=acme",
        "?w=acme&page=settings/credits",
        "?w=acme&page=settings/credits/history"
      })
  void narrowTablesHaveAsManyHeadingsAsCells(String query) {
    browser.size(390, 900);
    open("reader", query);
    browser.find(".stacked tbody td");
    assertThat(
            (List<?>)
                browser.script(
                    "const told = e => getComputedStyle(e).display !== 'none'; return"
                        + " ['.stacked thead tr', '.stacked tbody tr:not(.day-row)'].map(row =>"
                        + " [...document.querySelector(row).children].filter(told).length)"))
        .satisfies(counts -> assertThat(counts.get(0)).isEqualTo(counts.get(1)));
  }

  @Test
  void coloursOfTheReadersOwnLeaveNothingUnmarked() {
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
    open("reader", "?w=acme");
    browser.find(".alerts .callout");
    assertThat(
            (List<?>)
                browser.script(
                    "return ['.callout', '.nav-link[aria-current]',"
                        + " '.nav-link:not([aria-current])'].map(css =>"
                        + " getComputedStyle(document.querySelector(css)).borderTopWidth)"))
        .asString()
        .isEqualTo("[1px, 2px, 0px]");
  }

  @Test
  void statesAreAccessibleToo() {
    browser.open(server.url() + "/");
    browser.awaitText("h1", "Please sign in");
    assertAccessible("signed out");
    server.fail("/trends?", 500, "The books could not be read.", Duration.ZERO);
    server.fail("/v1/workspaces/acme/credits/campaigns?", 0, "", Duration.ofSeconds(4));
    open("reader", "?w=acme&page=settings/credits");
    browser.find(".panel-failure");
    assertAccessible("failing and loading panels");
    server.heal();
    openCredits("");
    browser.script("document.querySelector('.chart-bucket[tabindex=\"0\"]').focus()");
    browser.find(".chart-tip");
    browser.click(".alert-buttons .button:last-child");
    browser.click(".range .segment", "Custom");
    browser.click("details.explain summary");
    assertAccessible("everything open");
    open("reader", "?w=acme&page=settings/credits/history&range=2026-13-01..&event=none&sort=foo");
    browser.awaitText("event-trace", "No event none was accepted");
    browser.click("#campaign-picker");
    browser.find(".choices:not([hidden]) li");
    assertAccessible("choosing a campaign");
    browser.size(320, 700);
    browser.click(".menu-button");
    browser.find(".sidebar-body.open");
    assertAccessible("the drawer");
  }

  @Test
  void tabReachesEveryControlAndShowsWhereItIs() {
    openCredits("");
    browser.script("document.activeElement.blur()");
    Long controls =
        (Long)
            browser.script(
                "return [...document.querySelectorAll('a[href], button, input, select, summary,"
                    + " [tabindex=\"0\"]')].filter(e => !e.disabled &&"
                    + " e.getClientRects().length).length");
    browser.script(
        "window.reached = new Set(); window.unseen = [];addEventListener('focusin', e => {"
            + " reached.add(e.target); const s = getComputedStyle(e.target); if (s.outlineStyle ==="
            + " 'none' && s.strokeWidth !== '2px') unseen.push(e.target.outerHTML.slice(0, 120));"
            + " })");
    for (int i = 0; i < controls; i++) browser.press(Keys.TAB);
    assertThat((Long) browser.script("return reached.size")).isGreaterThanOrEqualTo(controls - 1);
    assertThat((List<?>) browser.script("return unseen"))
        .as("focused without a visible mark")
        .isEmpty();
  }

  @Test
  void theFirstTabSkipsToTheContent() {
    openCredits("");
    browser.script("document.activeElement.blur()");
    browser.press(Keys.TAB, Keys.ENTER);
    assertThat(browser.focused("id")).isEqualTo("content");
    assertThat(browser.address()).doesNotContain("#");
  }

  @Test
  void theDrawerOpensAndClosesByKeyboard() {
    browser.size(320, 700);
    openCredits("");
    assertThat(browser.find(".nav").isDisplayed()).isFalse();
    browser.script("document.querySelector('.menu-button').focus()");
    browser.press(Keys.ENTER);
    browser.await("open", () -> browser.find(".nav").isDisplayed());
    browser.press(Keys.ESCAPE);
    browser.await("closed", () -> !browser.find(".nav").isDisplayed());
    assertThat(browser.focused("class")).contains("menu-button");
  }

  @Test
  void motionStopsForThoseWhoAskForLess() {
    browser.devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    server.fail("/trends?", 0, "", Duration.ofSeconds(3));
    open("reader", "?w=acme&page=settings/credits");
    browser.find(".skeleton");
    assertThat(
            browser.script(
                "return getComputedStyle(document.querySelector('.skeleton')).animationName"))
        .isEqualTo("none");
  }

  private void assertFits(String where) {
    assertThat(
            (Long)
                browser.script(
                    "return document.documentElement.scrollWidth -"
                        + " document.documentElement.clientWidth"))
        .as("sideways scroll of " + where)
        .isLessThanOrEqualTo(0);
    assertThat(
            (List<?>)
                browser.script(
                    "return [...document.querySelectorAll('.card *, .page-head *')].filter(e =>"
                        + " !e.closest('.table-scroll, .visually-hidden, svg, thead, .about a') &&"
                        + " e.getClientRects().length && e.getBoundingClientRect().right >"
                        + " innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"))
        .as("past the edge of " + where)
        .isEmpty();
  }
}
