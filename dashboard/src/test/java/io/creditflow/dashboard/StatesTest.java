package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.dashboard.fixture.FixtureServer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatesTest extends BrowserTest {
  private static final String CREDITS = "?w=acme&page=settings/credits";

  @Test
  void theTokenLeavesTheAddressAndStaysForTheTab() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    assertThat(browser.address()).doesNotContain("token").doesNotContain("#");
    browser.reload();
    browser.find(".balance-number");
  }

  @Test
  void withoutATokenThePageAsksToSignIn() {
    server.config(
        config(
            Map.of(
                "loginUrl", "https://login.example.com/", "supportContact", "help@example.com")));
    browser.open(server.url() + "/");
    browser.awaitText("h1", "Please sign in");
    assertThat(browser.attribute(".page-notice .button", "href"))
        .isEqualTo("https://login.example.com/");
    assertThat(browser.attribute(".page-notice a[href^=mailto]", "href"))
        .isEqualTo("mailto:help@example.com");
    assertThat(browser.has(".nav")).isFalse();
  }

  @Test
  void signingOutForgetsTheToken() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    browser.click(".nav-link", "Sign out");
    browser.awaitText("h1", "You are signed out");
    assertThat(browser.script("return localStorage.getItem('creditflow.token')")).isNull();
    browser.reload();
    browser.awaitText("h1", "You are signed out");
  }

  @Test
  void anotherTabIsSignedInAndSignedOutWithThisOne() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    browser.inAnotherTab(
        server.url() + "/" + CREDITS,
        () -> {
          browser.find(".balance-number");
          browser.click(".nav-link", "Sign out");
          browser.awaitText("h1", "You are signed out");
        });
    browser.awaitText("h1", "You are signed out");
  }

  @Test
  void underAPathPrefixEverythingWorks() {
    browser.open(server.url() + FixtureServer.PREFIX + "/" + CREDITS + "#token=reader");
    browser.find(".chart-bucket");
    browser.click(".remaining .panel-link");
    browser.find("[data-row]");
    browser.reload();
    browser.find("[data-row]");
    browser.click(".nav-link", "Campaigns");
    browser.find("campaign-table tbody tr");
    assertThat(browser.address()).startsWith(server.url() + FixtureServer.PREFIX + "/?w=acme");
    assertThat(
            (List<?>)
                browser.script(
                    "return performance.getEntriesByType('resource').map(e => new"
                        + " URL(e.name).pathname).filter(p => !p.startsWith(arguments[0]))",
                    FixtureServer.PREFIX + "/"))
        .isEmpty();
  }

  @Test
  void whatTheAddressCannotMeanIsSaidAndCanBeCleared() {
    open("reader", "?w=acme&sort=foo&status=paused&x=1");
    browser.awaitText(".address-note", "There is no column to sort by called “foo”.");
    assertThat(browser.text(".address-note")).contains("no status “paused”").contains("“x”");
    browser.await("all are shown", () -> browser.all("campaign-table tbody tr").size() == 11);
    browser.click(".address-note .button");
    browser.await("cleared", () -> browser.address().endsWith("/?w=acme"));
    assertThat(browser.has(".address-note")).isFalse();
    assertThat(browser.focused("id")).isEqualTo("content");

    open("reader", CREDITS + "&range=2026-13-01..&hours=1");
    browser.awaitText(".address-note", "There is no day “2026-13-01”.");
    assertThat(browser.text(".address-note")).contains("Shown instead: ").contains("By the hour");
    assertThat(browser.text(".address-note")).contains(browser.text(".range-days"));

    open("reader", "?w=globex&page=settings/credits&range=period");
    browser.awaitText(".address-note", "There is no credit period: no live grant has an end.");
    browser.click(".address-note .button");
    browser.await("cleared", () -> !browser.address().contains("range"));
  }

  @Test
  void whatTheServerRefusesCanBeLeftOut() {
    server.fail("leadId=", 400, "leadId: longer than 256 characters", Duration.ZERO);
    open("reader", "?w=acme&page=settings/credits/history&lead=x");
    browser.awaitText(".panel-failure", "The server refuses what this address asks for.");
    browser.awaitText(".panel-failure", "longer than 256 characters");
    browser.click(".panel-failure .button");
    browser.find("[data-row]");
    assertThat(browser.address()).endsWith("?w=acme&page=settings/credits/history");
  }

  @Test
  void workspacesThatAreNotListedAreSpokenOf() {
    var some = new HashMap<String, Object>();
    some.put("items", List.of(Map.of("workspaceId", "acme", "name", "Acme", "timeZone", "UTC")));
    some.put("nextCursor", null);
    some.put("incomplete", true);
    server.give("/v1/workspaces", some);
    open("reader", "?w=acme");
    browser.awaitText(".sidebar", "Not all workspaces can be listed right now.");
  }

  @Test
  void aKeptAnswerIsAsOldAsTheServerSaysItIs() {
    server.age(Duration.ofSeconds(70));
    open("reader", CREDITS);
    browser.find(".freshness.stale");
    server.heal();
    browser.reload();
    browser.find(".balance-number");
    browser.find(".freshness.fresh");
    assertThat(browser.text("#announcements")).doesNotContain("old");
  }

  @Test
  void aLinkThatIsNotValidEndsNoSession() {
    open("damaged", CREDITS);
    browser.awaitText("h1", "This link is not valid");
    open("reader", CREDITS);
    browser.find(".balance-number");
    browser.goTo("about:blank");
    browser.goTo(server.url() + "/" + CREDITS + "#token=damaged");
    browser.awaitText(".address-note", "The link that you opened is not valid.");
    browser.find(".balance-number");
    assertThat(browser.address()).doesNotContain("token");
    browser.click(".address-note .button");
    browser.await("gone", () -> !browser.has(".address-note"));
    browser.reload();
    browser.find(".balance-number");
  }

  @Test
  void aTokenThatExpiresWhileThePageIsOpenSaysSo() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    server.fail("/v1/", 401, "The token has expired.", Duration.ZERO);
    browser.awaitText("h1", "Your session has ended");
  }

  @Test
  void withoutThePermissionTheTabIsAbsentAndThePageSaysWhomToAsk() {
    server.config(
        config(
            Map.of(
                "adminHint",
                "Ask Dana in Finance.",
                "links",
                Map.of("team", "https://example.com/team"))));
    open("nobody", CREDITS);
    browser.awaitText("h1", "You cannot see credit usage");
    assertThat(browser.text(".page-notice")).contains("Ask Dana in Finance.");
    assertThat(browser.texts(".tab")).containsExactly("Team");
  }

  @Test
  void settingsLinksShowWhenConfiguredAndOnlyIfTheyAreLinks() {
    server.config(
        config(
            Map.of(
                "links",
                Map.of(
                    "team", "https://example.com/team", "integrations", "javascript:alert(1)"))));
    open("reader", CREDITS);
    browser.find(".tab");
    assertThat(browser.texts(".tab")).containsExactly("Team", "Credits");
  }

  @Test
  void whileNumbersAreAwaitedTheirPlaceIsHeld() {
    server.fail("/trends?", 0, "", Duration.ofSeconds(5));
    open("reader", CREDITS);
    browser.find(".balance-number");
    assertThat(browser.has(".skeleton-chart")).isTrue();
    browser.find(".chart-bucket");
  }

  @Test
  void aPanelThatFailsSaysWhyAndTriesAgain() {
    server.fail("/trends?", 500, "The books could not be read.", Duration.ZERO);
    open("reader", CREDITS);
    browser.awaitText(".trends .panel-failure", "The books could not be read.");
    browser.find(".balance-number");
    server.heal();
    browser.click(".trends .panel-failure .button");
    browser.find(".chart-bucket");
  }

  @Test
  void whenTheServerGoesAwayTheLastNumbersStayAndSayHowOldTheyAre() {
    open("reader", CREDITS);
    String balance = browser.attribute(".balance-number", "data-value");
    server.fail(
        "/v1/workspaces/",
        503,
        "No instance can answer within the staleness bound.",
        Duration.ZERO);
    browser.awaitText(".freshness.away", "Cannot reach the latest numbers");
    browser.awaitText("#announcements", "cannot be reached");
    assertThat(browser.attribute(".balance-number", "data-value")).isEqualTo(balance);
    server.heal();
    browser.click(".freshness .button");
    browser.find(".freshness.fresh");
    browser.awaitText("#announcements", "up to date again");
  }

  @Test
  void nextMorningThePageAsksBeforeItCallsItsNumbersOld() {
    open("reader", CREDITS);
    browser.find(".freshness.fresh");
    hide(true);
    browser.script(
        "const real = Date.now; Date.now = () => real() + 9 * 3_600_000; window.seen = [];"
            + "new MutationObserver(() => seen.push(document.querySelector('.freshness').className"
            + ")).observe(document.querySelector('freshness-note'), {subtree: true, childList:"
            + " true, attributes: true, characterData: true})");
    int before = server.requests().size();
    hide(false);
    browser.await("it asks again", () -> server.requests().size() > before + 3);
    browser.find(".freshness.fresh");
    assertThat(browser.script("return seen.filter(name => /stale|away/.test(name))"))
        .isEqualTo(List.of());
    assertThat(browser.text("#announcements")).doesNotContain("old");
  }

  @Test
  void oldNumbersSayTheyAreOld() {
    server.age(Duration.ofSeconds(40));
    open("reader", CREDITS);
    browser.find(".freshness.stale");
    assertThat(browser.text(".freshness")).matches("Updated 4\\d ?s ago");
  }

  @Test
  void anUnknownWorkspaceSaysSo() {
    open("reader", "?w=nowhere&page=settings/credits");
    browser.awaitTexts("h1", "No such workspace");
    open("reader", "?w=nowhere");
    browser.awaitText("h1", "No such workspace");
  }

  @Test
  void anUnknownCampaignSaysSo() {
    open("reader", "?w=acme&page=campaign&campaign=none");
    browser.awaitText("h1", "No such campaign");
    open("reader", "?w=acme&page=campaign");
    browser.awaitText("h1", "No campaign named");
    browser.click(".empty .button", "See all campaigns");
    browser.awaitText("h1", "Campaigns");
  }

  @Test
  void aWorkspaceWithoutGrantsSaysWhatToDoNext() {
    open("reader", "?w=initech&page=settings/credits");
    browser.awaitText(".remaining .empty", "No credits granted yet");
    browser.awaitText(".chart-empty", "No credits were used in these days.");
  }

  @Test
  void daysWithoutUsageAreShownInEveryGroupingAndByTheHour() {
    open("reader", "?w=initech&page=settings/credits&by=campaign&range=7d");
    browser.awaitText(".chart-empty", "No credits were used in these days.");
    assertThat(browser.all(".chart-bucket")).hasSize(7);
    open("reader", "?w=initech&page=settings/credits&by=kind&range=7d&hours=1");
    browser.awaitText(".chart-empty", "No credits were used in these days.");
    browser.await("hours", () -> browser.all(".chart-bucket").size() > 7 * 22);
  }

  @Test
  void operatorsSeeLagAndRejectedEvents() {
    open("operator", "");
    browser.awaitText("[data-lag]", "records");
    browser.find(".freshness.fresh");
    browser.awaitText("[aria-labelledby=lag-title] tbody td:nth-of-type(4)", "falling −40");
    browser.awaitText("[aria-labelledby=rejected-title]", "UNDECODABLE");
    assertThat(browser.text("[aria-labelledby=rejected-title]")).contains("lead-sourced-3 @ 4711");
    assertThat(browser.texts(".nav-link")).contains("Operations").doesNotContain("Campaigns");
  }

  @Test
  void pollsAskWithTheirTagAndAreAnsweredNotModified() {
    open("reader", CREDITS);
    browser.find(".balance-number");
    browser.await("no 304", () -> server.requests().contains("/v1/workspaces/acme/credits 304"));
  }

  @Test
  void aHiddenPageDoesNotPoll() {
    open("reader", CREDITS);
    browser.find(".chart-bucket");
    hide(true);
    browser.script("document.hiddenSince = performance.now()");
    hiddenFor(1); // what was asked before is answered by then
    int before = server.requests().size();
    hiddenFor(7);
    assertThat(server.requests()).hasSize(before);
    hide(false);
    browser.await("it asks again", () -> server.requests().size() > before);
  }

  private void hide(boolean hidden) {
    browser.script(
        "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
            + " document.dispatchEvent(new Event('visibilitychange'))",
        hidden);
  }

  private void hiddenFor(int seconds) {
    browser.await(
        seconds + " seconds",
        () ->
            (Boolean)
                browser.script(
                    "return performance.now() - document.hiddenSince > arguments[0]",
                    seconds * 1000));
  }

  private static Map<String, Object> config(Map<String, Object> given) {
    var config = new HashMap<String, Object>(Map.of("links", Map.of()));
    for (String name : List.of("supportContact", "adminHint", "loginUrl")) config.put(name, null);
    config.putAll(given);
    return Collections.unmodifiableMap(config);
  }
}
