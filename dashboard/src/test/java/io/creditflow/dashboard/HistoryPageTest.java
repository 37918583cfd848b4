package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
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

  @Test
  void olderRowsFollowAsOneScrollsEachOnce() {
    openHistory("");
    browser.await(
        "a second page",
        () -> {
          browser.script("scrollTo(0, document.body.scrollHeight)");
          return browser.all("[data-row]").size() >= 150;
        });
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
  void filtersByKindAndSaysWhenNothingMatches() {
    openHistory("");
    browser.choose(".history-filters > .field select", "GRANTED");
    browser.await(
        "grants only",
        () -> browser.attributes("[data-kind]", "data-kind").stream().allMatch("GRANTED"::equals));
    assertThat(browser.address()).contains("kind=GRANTED");
    browser.choose("history-range select", "7d");
    browser.awaitText(".empty", "Nothing matches");
    browser.click(".empty .button", "Clear filters");
    browser.await(
        "all kinds", () -> browser.attributes("[data-kind]", "data-kind").contains("LEAD_SOURCED"));
  }

  @Test
  void aCampaignIsChosenByTypingPartOfItsName() {
    openHistory("");
    browser.type("#campaign-picker", "webinar");
    browser.await(
        "one choice",
        () -> browser.texts(".choices li").equals(List.of("Partner webinar follow-up")));
    browser.press(Keys.ARROW_DOWN, Keys.ENTER);
    browser.await(
        "the campaign's rows",
        () -> {
          var names = browser.texts(".about a");
          return !names.isEmpty() && names.stream().allMatch("Partner webinar follow-up"::equals);
        });
    assertThat(browser.address()).contains("campaign=c-003");
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
        .contains("if the grant it drew on had ended by then, they ended with it")
        .contains("duplicate contact");
    browser.awaitText(".day-sum", "no change, of the entries shown");
    assertThat(browser.text("[data-row] .amount")).isEqualTo("0");
  }

  @Test
  void csvOfTheFilteredRangeComesFromTheServerWithTheToken() {
    openHistory("&kind=GRANTED");
    browser.click(".history-filters > .button");
    assertThat(browser.download("credit-history-acme-all\\.csv"))
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
          browser.script("scrollTo(0, document.body.scrollHeight)");
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
  void oneLeadAndOneEventAreFound() {
    openHistory("");
    var first = api(HISTORY + "?kind=LEAD_SOURCED").get("items").get(0);
    String lead = first.get("leadId").asText();
    browser.type(".lead-input", lead + Keys.ENTER);
    browser.await(
        "that lead's rows",
        () ->
            browser.texts(".about").stream().allMatch(text -> text.contains(lead))
                && browser.has("[data-row]"));
    assertThat(browser.address()).contains("lead=" + lead);
    browser.click("event-trace summary");
    browser.type("event-trace input", first.get("id").asText() + Keys.ENTER);
    browser.awaitText("event-trace [role=status]", "It is counted: −1 credit.");
    browser.awaitText("event-trace [role=status]", "lead " + lead);
  }

  @Test
  void anEmptyHistorySaysWhatWillStandHere() {
    open("reader", "?w=initech&page=settings/credits/history");
    browser.awaitText(".empty", "No history yet");
  }
}
