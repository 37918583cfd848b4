package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class HistoryPageTest extends BrowserTest {
  private static final String HISTORY = "/v1/workspaces/acme/credits/history";

  private void openHistory(String more) {
    open("reader", "?w=acme&page=settings/credits/history" + more);
    browser.find("[data-row]");
  }

  @Test
  void isReachedFromRemainingCredits() {
    openCredits("");
    browser.click(".remaining .panel-link");
    browser.awaitText("h1", "Credit History");
    browser.find("[data-row]");
    assertThat(browser.address()).contains("page=settings/credits/history");
  }

  @Test
  void showsRowsNewestFirstUnderTheirDaysWithTheRunningBalance() {
    openHistory("");
    var items = api(HISTORY).get("items");
    assertThat(browser.attributes("[data-row]", "data-row").subList(0, 50))
        .isEqualTo(
            StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get("id").asText())
                .toList());
    assertThat(browser.attributes("[data-balance]", "data-balance").subList(0, 50))
        .isEqualTo(
            StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get("balanceAfter").asText())
                .toList());
    var days = browser.attributes("tbody[data-day]", "data-day");
    assertThat(days).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  /** Presses the button with the keyboard. */
  private void showOlder() {
    browser.script("document.querySelector('.history-end button').focus()");
    browser.press(Keys.ENTER);
  }

  private Object focusedRow() {
    return browser.script("return document.activeElement.closest('[data-row]')?.dataset.row");
  }

  @Test
  void olderRowsFollowOnTheButtonAloneEachOnce() {
    openHistory("");
    browser.script("scrollTo(0, document.body.scrollHeight)");
    browser.await("polled", () -> server.requests().stream().anyMatch(r -> r.endsWith(" 304")));
    assertThat(browser.all("[data-row]")).hasSize(50);
    for (int rows = 50; rows < 150; rows += 50) {
      int before = rows;
      showOlder();
      browser.await("more rows", () -> browser.all("[data-row]").size() == before + 50);
      browser.await("the first new row", () -> focusedRow() != null);
      assertThat(browser.attributes("[data-row]", "data-row").indexOf(focusedRow()))
          .isEqualTo(before);
      browser.awaitText("#announcements", "50 older entries added.");
    }
    var ids = browser.attributes("[data-row]", "data-row");
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    // In this order, as more rows may still follow.
    var balances =
        browser.attributes("[data-balance]", "data-balance").stream().map(Long::valueOf).toList();
    var credits =
        browser.attributes("[data-credits]", "data-credits").stream().map(Long::valueOf).toList();
    for (int i = 0; i + 1 < balances.size(); i++) {
      assertThat(balances.get(i)).as("row " + i).isEqualTo(balances.get(i + 1) + credits.get(i));
    }
  }

  @Test
  void whatExplainsTheListStandsBeforeIt() {
    openHistory("");
    assertThat(
            browser.script(
                "const list = document.querySelector('table.history'); return"
                    + " [...document.querySelectorAll('event-trace, .explain')].every(e =>"
                    + " e.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING)"))
        .isEqualTo(true);
    assertThat(browser.text(".page-head")).contains("Days and times in Europe/Berlin");
  }

  @Test
  void eachRowIsHeadedByItsTimeAndDay() {
    openHistory("");
    assertThat(browser.all("[data-row] > th[scope=row]")).hasSize(50);
    assertThat(browser.text("[data-row] > th"))
        .matches("\\d+:\\d\\d:\\d\\d\\s[AP]M, [A-Z][a-z]{2} \\d+");
  }

  @Test
  void aFailedRequestForOlderRowsKeepsTheFocus() {
    openHistory("");
    server.fail("cursor=", 503, "Not now.", Duration.ZERO);
    showOlder();
    browser.awaitText(".panel-failure", "Not now.");
    browser.await("at the retry", () -> "button small".equals(browser.focused("class")));
    server.heal();
    browser.press(Keys.ENTER);
    browser.await("the first new row", () -> focusedRow() != null);
  }

  @Test
  void filtersByKindAndSaysWhenNothingMatches() {
    openHistory("");
    browser.choose(".history-filters > .field select", "GRANTED");
    browser.await(
        "grants only",
        () -> browser.attributes("[data-kind]", "data-kind").stream().allMatch("GRANTED"::equals));
    assertThat(browser.address()).contains("kind=GRANTED");
    browser.awaitText("#announcements", "Credits granted: 5 entries.");
    browser.choose("history-range select", "7d");
    browser.awaitText(".empty", "Nothing matches");
    browser.awaitText("#announcements", ": no entries.");
    browser.click(".empty .button", "Clear filters");
    browser.await(
        "all kinds", () -> browser.attributes("[data-kind]", "data-kind").contains("LEAD_SOURCED"));
    browser.awaitText("#announcements", "Everything: 50 entries, more follow.");
    assertThat(
            browser.script(
                "return document.activeElement === document.querySelector('history-range select')"))
        .isEqualTo(true);
  }

  @Test
  void aCampaignIsChosenByTypingPartOfItsName() {
    openHistory("");
    browser.type("#campaign-picker", "webinar");
    browser.await(
        "one choice",
        () -> browser.texts(".choices li").equals(List.of("Partner webinar follow-up")));
    browser.awaitText("#announcements", "1 campaign matches.");
    browser.press(Keys.ARROW_DOWN);
    browser.await("the one marked", () -> browser.has("#campaign-choice-0.active"));
    assertThat(browser.attribute("#campaign-choice-0", "aria-selected")).isEqualTo("false");
    browser.press(Keys.ENTER);
    browser.await(
        "the campaign's rows",
        () -> {
          var names = browser.texts(".about a");
          return !names.isEmpty() && names.stream().allMatch("Partner webinar follow-up"::equals);
        });
    assertThat(browser.address()).contains("campaign=c-003");
    browser.awaitText("#announcements", "Partner webinar follow-up: 50 entries, more follow.");
    assertThat(browser.focused("id")).isEqualTo("campaign-picker");
    browser.press(Keys.ARROW_DOWN);
    browser.awaitTexts("[role=option][aria-selected=true]", "Partner webinar follow-up");
    browser.reload();
    browser.find("[data-row]");
    browser.await(
        "the name in the field",
        () ->
            "Partner webinar follow-up"
                .equals(browser.script("return document.querySelector('#campaign-picker').value")));
  }

  @Test
  void tellsReversedUsageFromWhatGaveItBack() {
    openHistory("&kind=REVERSED");
    browser.await(
        "reversals",
        () -> browser.attributes("[data-kind]", "data-kind").stream().allMatch("REVERSED"::equals));
    assertThat(browser.text("[data-row]"))
        .contains("Usage taken back")
        .contains("1 credit given back as of the usage")
        .contains(
            "If the grant that this usage drew on has ended since, which is not known here, the credit ended with that grant")
        .contains("duplicate contact");
    browser.awaitText(".day-sum", "entries shown: no change");
    assertThat(browser.text("[data-row] .amount")).isEqualTo("0");
  }

  @Test
  void csvOfTheFilteredRangeComesFromTheServerWithTheToken() {
    openHistory("&kind=GRANTED");
    assertThat(browser.text(".history-filters > .csv")).isEqualTo("CSV of these entries");
    server.fail("/history", 0, "", Duration.ofSeconds(1));
    browser.script("document.querySelector('.history-filters > .csv').focus()");
    browser.press(Keys.ENTER);
    browser.awaitTexts(".history-filters > .csv", "Preparing… the CSV file of these entries");
    assertThat(browser.focused("aria-disabled")).isEqualTo("true");
    assertThat(browser.download("credit-history-acme-granted-all-time\\.csv"))
        .hasSize(1 + 5)
        .first()
        .asString()
        .startsWith("\ufeffid,kind,occurredAt,");
  }

  @Test
  void aRangeHasItsOpeningAndClosingBalanceAndEachDayItsSum() {
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    openHistory("&range=" + today.minusDays(4) + ".." + today);
    browser.await(
        "both balances", () -> browser.texts("[data-net]").stream().noneMatch("…"::equals));
    var opening = Long.parseLong(browser.text("[data-net=opening]").replace(",", ""));
    var closing = Long.parseLong(browser.text("[data-net=closing]").replace(",", ""));
    assertThat(closing).isEqualTo(api("/v1/workspaces/acme/credits").get("remaining").asLong());
    browser.await(
        "all rows",
        () -> {
          browser.script("document.querySelector('.history-end button')?.click()");
          return browser.has(".history-done");
        });
    long moved =
        browser.attributes("[data-credits]", "data-credits").stream()
            .mapToLong(Long::valueOf)
            .sum();
    assertThat(opening + moved).isEqualTo(closing);
    long used =
        browser.texts(".day-sum").stream()
            .map(text -> text.replaceAll("^no change$", "0").replaceAll("[^0-9].*", ""))
            .mapToLong(Long::valueOf)
            .sum();
    assertThat(used).isEqualTo(-moved);
  }

  @Test
  void daysAheadHaveNoBalances() {
    open("reader", "?w=acme&page=settings/credits/history&range=2099-01-01..2099-01-03");
    browser.awaitText(".empty", "Nothing matches these filters.");
    assertThat(browser.has("[data-net]")).isFalse();
  }

  @Test
  void anEntryBeyondTheCreditsSaysByHowManyItIsOver() {
    open("reader", "?w=globex&page=settings/credits/history");
    browser.find("[data-row]");
    List<String> credits = new ArrayList<>();
    List<String> balances = new ArrayList<>();
    for (JsonNode item : api("/v1/workspaces/globex/credits/history").get("items")) {
      credits.add(signed(item.get("credits").asLong()));
      String over = NumberFormat.getInstance(Locale.US).format(item.get("overageAfter").asLong());
      balances.add(over.equals("0") ? item.get("balanceAfter").asText() : over + " over");
    }
    assertThat(balances).anyMatch(balance -> balance.endsWith(" over"));
    assertThat(browser.texts("[data-balance]")).isEqualTo(balances);
    assertThat(browser.texts("[data-credits]")).isEqualTo(credits);
  }

  private static String signed(long credits) {
    return credits == 0 ? "0" : "%+,d".formatted(credits).replace('-', '−');
  }

  @Test
  void oneLeadAndOneEventAreFound() {
    openHistory("");
    var first = api(HISTORY + "?kind=LEAD_SOURCED&campaignId=c-001").get("items").get(0);
    String lead = first.get("leadId").asText();
    browser.type(".lead-input", lead + Keys.ENTER);
    browser.await(
        "that lead's rows",
        () ->
            browser.texts(".about").stream().allMatch(text -> text.contains(lead))
                && browser.has("[data-row]"));
    assertThat(browser.address()).contains("lead=" + lead);
    browser.awaitText("#announcements", "lead " + lead + ": ");
    browser.press(Keys.ESCAPE);
    browser.await("all leads", () -> browser.all("[data-row]").size() == 50);
    assertThat(browser.address()).doesNotContain("lead=");
    assertThat(browser.focused("class")).contains("lead-input");
    browser.click("event-trace summary");
    browser.type("event-trace input", first.get("id").asText() + Keys.ENTER);
    browser.awaitText("event-trace [role=status]", "It is counted: −1 credit.");
    browser.awaitText("event-trace [role=status]", "lead " + lead);
    browser.awaitText(
        "event-trace [role=status]", "campaign “" + first.get("campaignName").asText() + "”");
  }

  @Test
  void anEmptyHistorySaysWhatWillStandHere() {
    open("reader", "?w=initech&page=settings/credits/history");
    browser.awaitText(".empty", "No history yet");
  }

  /** An event as the API answers it, without a campaign unless these fields give one. */
  private void giveEvent(Map<String, Object> fields) {
    var event = new HashMap<String, Object>();
    for (String field :
        List.of("reason", "campaignId", "leadId", "grantId", "reversedBy", "reversedEventId")) {
      event.put(field, null);
    }
    event.putAll(Map.of("eventId", "e", "credits", 0, "outcome", "APPLIED"));
    event.put("occurredAt", "2026-11-01T10:00:00Z");
    event.put("waitsUntil", null);
    event.putAll(fields);
    server.give("/v1/workspaces/acme/events", event);
  }

  @Test
  void anEventWithoutACampaignIsFound() {
    giveEvent(Map.of("kind", "GRANTED", "grantId", "goodwill", "credits", 500));
    openHistory("&event=e");
    browser.awaitText("event-trace [role=status]", "It is counted: +500 credits.");
    browser.awaitText("event-trace [role=status]", "See its entry in the history of ");
    giveEvent(Map.of("kind", "VOIDED", "grantId", "mistaken"));
    openHistory("&event=e");
    browser.awaitText("event-trace [role=status]", "It is accepted; it moves no credits.");
    giveEvent(Map.of("kind", "REVERSED", "outcome", "WAITING", "reversedEventId", "u"));
    openHistory("&event=e");
    browser.awaitText("event-trace [role=status]", "It waits");
  }

  @Test
  void whatIsSaidOfOneEventIsNotSaidOfTheNext() {
    openHistory("&event=unheard-of");
    browser.awaitText("event-trace [role=status]", "No event unheard-of was accepted");
    giveEvent(Map.of("kind", "GRANTED", "grantId", "goodwill", "credits", 500));
    browser.script(
        """
        const status = document.querySelector('event-trace [role=status]');
        window.heard = [];
        new MutationObserver(() => heard.push(status.textContent.replace(/\\s+/g, ' ')))
          .observe(status, {childList: true, characterData: true, subtree: true});
        """);
    browser.find("event-trace input").clear();
    browser.type("event-trace input", "e");
    browser.click("event-trace button");
    browser.awaitText("event-trace [role=status]", "It is counted: +500 credits.");
    assertThat((List<?>) browser.script("return heard"))
        .noneMatch(words -> words.toString().contains("No event e "));
  }

  @Test
  void anEmptyEventIdIsRefusedAtItsField() {
    giveEvent(Map.of("kind", "GRANTED", "grantId", "goodwill", "credits", 500));
    openHistory("&event=e");
    browser.awaitText("event-trace [role=status]", "It is counted: +500 credits.");
    browser.find("event-trace input").clear();
    browser.type("event-trace input", " ");
    browser.click("event-trace button");
    assertThat(browser.focused("name")).isEqualTo("event");
    assertThat(browser.script("return document.activeElement.validity.valid")).isEqualTo(false);
    assertThat(browser.address()).contains("event=e");
  }

  @Test
  void theIdOfAnExpiryIsAnsweredAndLeadsToItsEntry() {
    openHistory("&event=expired:top-up-0412");
    browser.awaitText("event-trace [role=status]", "the expiry of grant top-up-0412 on ");
    assertThat(browser.text("event-trace [role=status]")).contains("nothing was left");
    assertThat(browser.has("event-trace [role=status] a")).isFalse();
    var credits = answer("/v1/workspaces/acme/credits");
    @SuppressWarnings("unchecked")
    var grants = (List<Map<String, Object>>) credits.get("grants");
    grants.stream()
        .filter(grant -> grant.get("grantId").equals("top-up-0412"))
        .forEach(grant -> grant.put("forfeited", 7));
    server.give("/v1/workspaces/acme/credits", credits);
    openHistory("&event=expired:top-up-0412");
    browser.awaitText("event-trace [role=status]", "7 credits expired unused.");
    assertThat(browser.attribute("event-trace [role=status] a", "href")).contains("kind=EXPIRED");
    server.heal();
    openHistory("&event=expired:nobody");
    browser.awaitText("event-trace [role=status]", "was accepted in this workspace");
  }

  @Test
  void daysThatAreOverHaveAStatementThatAddsUp() {
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    openHistory("&range=" + today.minusDays(70) + ".." + today.minusDays(20));
    browser.find("[data-moved=granted]");
    long moved =
        browser.texts("[data-moved]:not([data-moved=taken-back])").stream()
            .mapToLong(HistoryPageTest::numberOf)
            .sum();
    long opening = numberOf(browser.text("[data-net=opening]"));
    assertThat(opening + moved).isEqualTo(numberOf(browser.text("[data-net=closing]")));
    assertThat(numberOf(browser.text("[data-moved=granted]"))).isEqualTo(4_500);
    browser.find("[data-moved=taken-back]");
    openHistory("&range=" + today.minusDays(4) + ".." + today);
    browser.await(
        "both balances", () -> browser.texts("[data-net]").stream().noneMatch("…"::equals));
    assertThat(browser.has("[data-moved]")).isFalse();
  }

  private static long numberOf(String text) {
    return Long.parseLong(text.replace(",", "").replace("+", "").replace('−', '-'));
  }

  @Test
  void theFieldsOfTheFiltersStandOnOneLine() {
    openHistory("");
    assertThat(
            browser.script(
                "return new Set([...document.querySelectorAll('.history-filters .select,"
                    + " .history-filters .input')].map(e =>"
                    + " Math.round(e.getBoundingClientRect().bottom * 4))).size"))
        .isEqualTo(1L);
  }

  @Test
  void whatIsGrantedForLaterIsSpokenOfWhereNothingIsListed() {
    var grant = new HashMap<String, Object>();
    grant.putAll(Map.of("grantId", "later", "amount", 500, "remaining", 500, "consumed", 0));
    grant.putAll(Map.of("forfeited", 0, "effectiveAt", "2099-01-01T00:00:00Z"));
    grant.put("expiresAt", null);
    grant.putAll(Map.of("priority", 0, "status", "SCHEDULED"));
    var credits = answer("/v1/workspaces/initech/credits");
    credits.put("grants", List.of(grant));
    server.give("/v1/workspaces/initech/credits", credits);
    open("reader", "?w=initech&page=settings/credits/history");
    browser.awaitText(".empty", "500 credits start on Jan 1, 2099");
  }

  @Test
  void theDaysStayBetweenCreditsAndTheHistory() {
    openCredits("&range=90d&compare=1");
    browser.click(".remaining .panel-link");
    browser.awaitText("h1", "Credit History");
    assertThat(browser.address()).contains("range=90d");
    browser.click(".back");
    browser.find(".chart-bucket");
    assertThat(browser.address()).contains("range=90d").contains("compare=1");
    browser.await("90 bars", () -> browser.all(".chart-bucket").size() == 90);
    browser.all(".chart-bucket").get(80).click();
    browser.awaitText("h1", "Credit History");
    browser.click(".back");
    browser.await("90 bars again", () -> browser.all(".chart-bucket").size() == 90);
  }
}
