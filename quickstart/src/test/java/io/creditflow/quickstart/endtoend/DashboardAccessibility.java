package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openqa.selenium.Keys;

/** Whether everybody can use the page: without a mouse, with a screen reader, on a small screen. */
final class DashboardAccessibility {
  private static final int STOPS_MAX = 80;

  /** Every page and view, and what is there once it is drawn. */
  private static final List<List<String>> PAGES =
      List.of(
          List.of("", "tr[data-campaign]"),
          List.of("&page=campaign&campaign=campaign-1", ".chart-bucket"),
          List.of("&page=settings/credits&by=campaign&compare=1&balance=1", ".chart-previous"),
          List.of("&page=settings/credits&by=source&view=table", ".table-scroll tbody tr"),
          List.of("&page=settings/credits/history", "[data-row]"));

  private final DashboardPage page;
  private final String address;

  DashboardAccessibility(DashboardPage page, String url, String workspaceId) {
    this.page = page;
    this.address = url + "/?w=" + workspaceId;
  }

  void noBarriers() throws Exception {
    for (List<String> one : PAGES) {
      page.show(address + one.get(0), one.get(1));
      assertThat(page.accessibilityViolations()).as("axe-core on " + one.get(0)).isEmpty();
    }
  }

  /** Tab from the top of the Credits tab to the end of the page, reading the chart on the way. */
  void keyboardAlone() throws Exception {
    page.show(address + "&page=settings/credits&range=7d", ".chart-bucket");
    page.script("document.activeElement.blur()");
    Set<String> passed = new LinkedHashSet<>();
    boolean charted = false;
    for (int stop = 0; stop < STOPS_MAX && !passed.contains("BODY"); stop++) {
      page.press(Keys.TAB);
      passed.add(
          (String)
              page.script(
                  "const e = document.activeElement; return e === document.body ? 'BODY' :"
                      + " (e.getAttribute('aria-label') || e.title || e.placeholder ||"
                      + " e.textContent || e.name).trim().replace(/\\s+/g, ' ')"));
      if (page.focused("data-start") != null) {
        charted = true;
        readsEveryDay();
      }
    }
    assertThat(charted).as("the chart was reached").isTrue();
    assertThat(passed)
        .as("reached by Tab")
        .contains("Campaigns", "Settings", "Sign out", "Credits", "View Credit History")
        .contains(
            "7 days", "30 days", "90 days", "Custom", "CSV of this usage", "Search by name or id");
  }

  /** Of a workspace with two pages of campaigns. */
  void theFocusStaysWherePagesEnd() throws Exception {
    page.show(address, "tr[data-campaign]");
    page.click(".pager button:last-child");
    page.awaitText(".pager", "Rows 51–51");
    assertThat(page.focused("aria-disabled")).isEqualTo("true");
    page.press(Keys.ENTER); // does nothing
    page.click(".pager button:first-of-type");
    page.awaitText(".pager", "Rows 1–50");
    assertThat(page.focused("aria-disabled")).isEqualTo("true");
  }

  private void readsEveryDay() {
    List<String> days = page.attributes(".chart-bucket", "data-start");
    List<String> credits = page.attributes(".chart-bucket", "data-credits");
    page.press(Keys.HOME);
    for (int day = 0; day < days.size(); day++) {
      assertThat(page.focused("data-start")).isEqualTo(days.get(day));
      assertThat(page.focused("aria-label").replace(",", ""))
          .contains(credits.get(day) + " credit");
      page.press(Keys.ARROW_RIGHT);
    }
  }
}
