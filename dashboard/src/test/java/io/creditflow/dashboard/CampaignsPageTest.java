package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class CampaignsPageTest extends BrowserTest {
  private static final String CAMPAIGNS = "/v1/workspaces/acme/credits/campaigns";

  private static final Map<String, String> SOURCES =
      Map.of("PLATFORM", "Platform", "CRM", "CRM", "CSV", "CSV import", "null", "Unknown");

  @Override
  boolean large() {
    return true;
  }

  @Test
  void isWhereOneLands() {
    open("reader", "");
    assertThat(browser.text("h1")).isIn("Loading…", "Campaigns");
    browser.find("campaign-table tbody tr");
    assertThat(browser.text("h1")).isEqualTo("Campaigns");
    assertThat(browser.address()).endsWith("/?w=acme");
    assertThat(browser.text(".nav-link[aria-current=page]")).isEqualTo("Campaigns");
    browser.await(
        "the title", () -> browser.title().equals("Campaigns · Acme Outreach · Creditflow"));
  }

  @Test
  void listsEachCampaignWithSourceStatusAndSpend() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    for (JsonNode item : api(CAMPAIGNS).get("items")) {
      String row = "[data-campaign=" + item.get("campaignId").asText() + "] ";
      assertThat(browser.attribute(row + "[data-value]", "data-value"))
          .isEqualTo(item.get("creditsUsed").asText());
      List<String> cells = browser.texts(row + "td");
      assertThat(cells.get(0)).isEqualTo(SOURCES.get(item.get("source").asText()));
      assertThat(cells.get(1)).isEqualToIgnoringCase(item.get("status").asText());
      assertThat(cells.get(2)).startsWith("%,d".formatted(item.get("creditsUsed").asLong()));
      assertThat(cells.get(3)).isEqualTo("%,d".formatted(item.get("leadsSourced").asLong()));
      assertThat(cells.get(4)).isEqualTo("%,d".formatted(item.get("phonesRevealed").asLong()));
    }
  }

  @Test
  void showsNamesAsTextWhateverIsInThem() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    var names =
        StreamSupport.stream(api(CAMPAIGNS).get("items").spliterator(), false)
            .map(item -> item.get(item.get("name").isNull() ? "campaignId" : "name").asText())
            .toList();
    @SuppressWarnings("unchecked")
    var shown =
        (List<String>)
            browser.script(
                "return [...document.querySelectorAll('.campaign-link bdi')].map(e =>"
                    + " e.textContent)");
    assertThat(shown).containsExactlyElementsOf(names);
    assertThat(browser.has("img[src=x]")).isFalse();
    assertThat(names).anyMatch(name -> name.length() == 256);
  }

  @Test
  void sortsByAColumnAndSaysSo() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    browser.click(".sort", "Campaign↕");
    browser.await("sorted by name", () -> browser.text("[data-campaign]").startsWith("c-010"));
    assertThat(browser.address()).contains("sort=name");
    assertThat(browser.attribute("th[aria-sort]", "aria-sort")).isEqualTo("ascending");
    browser.click(".sort", "Campaign↑");
    browser.await(
        "descending", () -> browser.attribute("th[aria-sort]", "aria-sort").equals("descending"));
  }

  @Test
  void searchesByPartOfTheNameAndFiltersByStatus() {
    open("reader", "?w=acme");
    browser.type("campaign-table input[type=search]", "out");
    browser.await(
        "one match",
        () -> browser.texts(".campaign-link").equals(List.of("Enterprise outreach EMEA")));
    assertThat(browser.address()).contains("q=out");
    browser.choose("campaign-table select", "PAUSED");
    browser.awaitText(".empty", "No campaign matches");
    browser.awaitText("#announcements", "“out”, Paused: No campaign matches");
    browser.click(".empty .button", "Clear search and filter");
    browser.await("all again", () -> browser.all("campaign-table tbody tr").size() == 11);
    assertThat(browser.focused("type")).isEqualTo("search");
  }

  @Test
  void whatIsTypedStaysAsItIsTyped() {
    open("reader", "?w=acme");
    browser.type("campaign-table input[type=search]", "webinar ");
    browser.await("searched", () -> browser.address().contains("q=webinar"));
    browser.await("one match", () -> browser.all("campaign-table tbody tr").size() == 1);
    browser.awaitText("#announcements", "1 campaign, sorted by credits used, descending.");
    browser.type("campaign-table input[type=search]", "follow");
    browser.await("searched on", () -> browser.address().contains("q=webinar%20follow"));
    assertThat(browser.script("return document.querySelector('campaign-table input').value"))
        .isEqualTo("webinar follow");
    browser.awaitTexts(".campaign-link", "Partner webinar follow-up");
  }

  @Test
  void theBalanceAndWhatIsInForceStandAboveTheCampaigns() {
    open("reader", "?w=acme");
    browser.find("[data-remaining]");
    var credits = api("/v1/workspaces/acme/credits");
    assertThat(browser.attribute("[data-remaining]", "data-remaining"))
        .isEqualTo(credits.get("remaining").asText());
    assertThat(browser.attribute(".glance [data-days]", "data-days"))
        .isEqualTo(credits.get("daysRemaining").asText());
    browser.awaitText(".glance", "Lasts until about");
    assertThat(browser.text(".glance [data-days]")).matches("(?s)\\d+\\s.*expires? on \\w+ \\d+.*");
    browser.awaitText(".alerts .callout b", "Quota.");
  }

  @Test
  void theListIsSavedByNameOfTheWorkspace() {
    open("reader", "?w=acme&status=PAUSED&q=a");
    browser.find("campaign-table tbody tr");
    assertThat(browser.text("campaign-table .csv")).isEqualTo("CSV of these campaigns");
    server.fail("/credits/campaigns", 0, "", Duration.ofSeconds(1));
    browser.click("campaign-table .csv");
    browser.awaitText("campaign-table .csv", "Preparing…");
    assertThat(browser.focused("class")).contains("csv");
    assertThat(browser.download("campaigns-acme-paused-search-.*\\.csv"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("\ufeffcampaignId,name,")
        .contains("endsAt,localEndsAt,lastActivityAt,localLastActivityAt");
  }

  @Test
  void turnsThePagesOfThousands() {
    open("reader", "?w=umbrella");
    browser.await("50 rows", () -> browser.all("campaign-table tbody tr").size() == 50);
    var first = browser.texts(".campaign-link");
    browser.click(".pager .button", "Next");
    browser.awaitText(".pager", "Rows 51–100");
    browser.await(
        "other rows", () -> browser.texts(".campaign-link").stream().noneMatch(first::contains));
    browser.click(".pager .button", "Previous");
    browser.await("the first rows", () -> browser.texts(".campaign-link").equals(first));
  }

  @Test
  void aClickOpensTheCampaignsOwnTrend() {
    open("reader", "?w=acme");
    browser.click("campaign-table th .sort");
    browser.awaitText("#announcements", "sorted by name");
    browser.click("[data-campaign=c-002] .campaign-link");
    browser.awaitText("h1", "Fintech founders, series A");
    browser.awaitTexts("#announcements", "Fintech founders, series A");
    browser.find(".tiles");
    assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
    assertThat(browser.address()).contains("page=campaign&campaign=c-002");
    browser.await("30 bars", () -> browser.all(".chart-bucket").size() == 30);
    var points = api(CAMPAIGNS + "/c-002").get("points");
    assertThat(browser.attributes(".chart-bucket", "data-credits"))
        .isEqualTo(
            StreamSupport.stream(points.spliterator(), false)
                .map(point -> point.get("credits").asText())
                .toList());
    assertThat(browser.text(".tiles")).contains("Most likely");
    browser.back();
    browser.awaitText("h1", "Campaigns");
  }

  @Test
  void campaignsOpenWhateverTheyAreCalled() {
    for (String id : List.of("..", "a/b", "other")) {
      open("reader", "?w=globex");
      browser.click("[data-campaign='" + id + "'] .campaign-link");
      browser.find(".chart-bucket");
      assertThat(browser.attribute(".tile [data-value]", "data-value"))
          .isEqualTo(
              api("/v1/workspaces/globex/credits/campaigns?campaignId=" + id)
                  .get("items")
                  .get(0)
                  .get("creditsUsed")
                  .asText());
    }
    open("reader", "?w=globex&page=campaign&campaign=..");
    browser.awaitText(".quota", "Over its quota, which allows nothing");
  }

  @Test
  void anotherWorkspaceIsOneChoiceAway() {
    open("reader", "?w=acme");
    browser.find("campaign-table tbody tr");
    browser.script("document.querySelector('.workspace select').focus()");
    browser.press(Keys.ARROW_DOWN);
    browser.awaitText("#announcements", "Workspace: Globex Corporation");
    browser.awaitText(".campaign-link", "Manufacturing leads");
    assertThat(browser.address()).endsWith("/?w=globex");
    browser.await(
        "the title", () -> browser.title().equals("Campaigns · Globex Corporation · Creditflow"));
    assertThat(browser.script("return document.activeElement.closest('.workspace') !== null"))
        .isEqualTo(true);
  }

  @Test
  void anEmptyWorkspaceSaysWhatToDoNext() {
    open("reader", "?w=initech");
    browser.awaitText(".empty", "No campaigns yet");
    assertThat(browser.text(".empty")).contains("source its first leads");
  }

  @Test
  void theListComesBackFromACampaignAsItWas() {
    open("reader", "?w=acme&sort=name&status=ACTIVE&q=e");
    browser.click("[data-campaign=c-001] .campaign-link");
    browser.awaitText("h1", "Enterprise outreach EMEA");
    browser.find(".tiles");
    browser.click(".back");
    browser.awaitText("h1", "Campaigns");
    assertThat(browser.address()).contains("sort=name", "status=ACTIVE", "q=e");
  }

  @Test
  void aCampaignsHistoryIsOfTheDaysOnItsPage() {
    open("reader", "?w=acme&page=campaign&campaign=c-001");
    browser.find(".tiles");
    browser.click(".panel-link");
    browser.awaitText("h1", "Credit History");
    assertThat(browser.address()).contains("campaign=c-001", "range=30d");
  }

  @Test
  void campaignsOfOneNameBearTheirIds() {
    var page = answer(CAMPAIGNS);
    @SuppressWarnings("unchecked")
    var items = (List<Map<String, Object>>) page.get("items");
    items.get(0).put("name", "Twin");
    items.get(1).put("name", "Twin");
    server.give(CAMPAIGNS, page);
    open("reader", "?w=acme");
    browser.find("campaign-table .shared");
    assertThat(browser.attributes("campaign-table .shared", "title"))
        .containsExactly(
            (String) items.get(0).get("campaignId"), (String) items.get(1).get("campaignId"));
    open("reader", "?w=acme&page=settings/credits/history");
    browser.find("[data-row]");
    browser.click("#campaign-picker");
    browser.await("both choices", () -> browser.all(".choices .shared").size() == 2);
  }

  @Test
  void theGlanceSaysTheHourOfTheExpiryAndWhatWillExpireUnused() {
    open("reader", "?w=acme");
    browser.awaitText(".glance", "will expire unused");
    assertThat(browser.text(".glance [data-days]"))
        .matches("(?s)\\d+\\s.* of [\\d,]+ credits expires? on \\w+ \\d+.*\\d+:\\d\\d\\s[AP]M.*");
  }
}
