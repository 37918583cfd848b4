package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationsPageTest extends BrowserTest {
  private static final String REJECTED = "section[aria-labelledby=rejected-title]";
  private static final String ROWS = REJECTED + " tbody tr";

  private void openOperations(String more) {
    open("operator", "?page=operations" + more);
    browser.find("[data-lag]");
    browser.find(REJECTED + " [role=search]");
  }

  @Test
  void listsWhatWasRejectedWithItsIds() {
    openOperations("");
    browser.await("both", () -> browser.all(ROWS).size() == 2);
    assertThat(browser.text(REJECTED)).contains("acme", "g-17", "a value is not allowed");
  }

  @Test
  void showsARecordThatLacksItsHeadersWithoutInventingPlaceOrTime() {
    var item = new HashMap<String, Object>();
    for (String field :
        List.of("topic", "partition", "offset", "workspaceId", "eventId", "reason", "at")) {
      item.put(field, null);
    }
    item.put("detail", "no headers");
    var page = new HashMap<String, Object>(Map.of("items", List.of(item)));
    page.put("nextCursor", null);
    server.give("/v1/ops/rejected", page);
    openOperations("");
    browser.awaitText(ROWS, "no headers");
    assertThat(browser.texts(ROWS + " td:nth-of-type(odd)")).startsWith("–", "–");
  }

  @Test
  void saysThatEveryRecordWasReceived() {
    openOperations("");
    browser.find("[data-unreceived='0']");
    assertThat(browser.text(".summary")).contains("on 6 partitions, by creditflow-1");
  }

  @Test
  void saysWhichRecordsWereNotReceived() {
    server.give(
        "/health/ready",
        Map.of(
            "status",
            "UP",
            "instance",
            "creditflow-2",
            "partitionsOwned",
            6,
            "unreceived",
            Map.of("lead-sourced-3", 4)));
    openOperations("");
    browser.find("[data-unreceived='4']");
    assertThat(browser.text(".summary"))
        .contains("4 records not received", "of lead-sourced-3: runbook CreditflowEventsMissing");
  }

  @Test
  void namesTheVersionThatRuns() {
    openOperations("");
    assertThat(browser.text("[data-version]")).isEqualTo("Creditflow 1.2.3");
  }

  @Test
  void saysHowOldItsNumbersAre() {
    openOperations("");
    assertThat(browser.text(".freshness")).matches("Updated (just now|\\d+ ?s ago)");
  }

  @Test
  void filtersByReasonAndSaysWhatToDoNext() {
    openOperations("");
    browser.await("both", () -> browser.all(ROWS).size() == 2);
    browser.choose(REJECTED + " select[name=reason]", "UNDECODABLE");
    browser.await("one", () -> browser.all(ROWS).size() == 1);
    assertThat(browser.address()).contains("reason=UNDECODABLE");
    assertThat(browser.text(REJECTED + " .callout")).contains("cannot be read", "redrive");
  }

  @Test
  void filtersByTheAddress() {
    openOperations("&key=acme&event=g-17&topic=credit-grants");
    browser.await("one", () -> browser.all(ROWS).size() == 1);
    assertThat(browser.text(ROWS)).contains("INVALID");
  }

  @Test
  void saysThatNothingMatchesAndNotThatNothingWasRejected() {
    openOperations("&event=unknown");
    browser.awaitText(REJECTED, "Nothing that was rejected matches.");
  }

  @Test
  void whoMayNotReadCreditsIsNotLedToSettings() {
    openOperations("");
    browser.find(".nav-link");
    assertThat(browser.texts(".nav-link")).containsExactly("Operations", "Sign out");
  }
}
