package io.creditflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class CreditsTabTest extends BrowserTest {
  private static final String TRENDS = "/v1/workspaces/acme/credits/trends?granularity=day";

  @Test
  void showsTheBalanceAsTheApiHasIt() {
    openCredits("");
    var credits = api("/v1/workspaces/acme/credits");
    assertThat(browser.attribute(".balance-number", "data-value"))
        .isEqualTo(credits.get("remaining").asText());
    assertThat(browser.attribute("[data-allocated]", "data-allocated"))
        .isEqualTo(credits.get("allocated").asText());
    assertThat(browser.attribute("[data-days]", "data-days"))
        .isEqualTo(credits.get("daysRemaining").asText());
    assertThat(browser.attribute(".facts time", "datetime"))
        .isEqualTo(credits.get("expiresAt").asText());
    assertThat(browser.text(".runway-line")).startsWith("Lasts until about");
    assertThat(browser.text(".remaining .callout.warning")).contains("will expire unused");
  }

  @Test
  void theRunwaySaysWhichDaysItIsBasedOn() {
    openCredits("");
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    long used =
        api(TRENDS + "&groupBy=none&from=" + today.minusDays(55) + "&to=" + today)
            .get("total")
            .asLong();
    browser.click("runway-basis summary");
    browser.awaitText(
        "runway-basis p",
        "Your usage of the last 56 days, today included (%,d credits)".formatted(used));
  }

  @Test
  void creditsThatAreGoneNeitherExpireNorLast() {
    open("reader", "?w=globex&page=settings/credits");
    browser.find("[data-overage]");
    assertThat(browser.texts(".facts dd")).containsExactly("None", "None");
    assertThat(browser.has(".runway-line")).isFalse();
  }

  @Test
  void listsEveryGrantWithItsRest() {
    openCredits("");
    assertThat(browser.all(".grant")).hasSize(3);
    browser.click(".grants .button");
    browser.await("not all grants", () -> browser.all(".grant").size() == 6);
    assertThat(browser.texts(".grant .badge"))
        .contains("Active", "Scheduled", "Used up", "Expired", "Voided");
    var annual =
        StreamSupport.stream(api("/v1/workspaces/acme/credits").get("grants").spliterator(), false)
            .filter(grant -> grant.get("grantId").asText().equals("annual-2026"))
            .findFirst()
            .orElseThrow();
    assertThat(browser.text("[data-grant=annual-2026] .grant-rest"))
        .startsWith("%,d of 60,000".formatted(annual.get("remaining").asLong()));
  }

  @Test
  void showsOveragePlainly() {
    open("reader", "?w=globex&page=settings/credits");
    long over = api("/v1/workspaces/globex/credits").get("overage").asLong();
    assertThat(browser.attribute("[data-overage]", "data-overage")).isEqualTo("" + over);
    assertThat(browser.attribute(".balance-number", "data-value")).isEqualTo("0");
    assertThat(browser.text(".balance")).endsWith(" %,d over".formatted(over));
    assertThat(browser.text(".facts .small")).isEqualTo("None");
    open("reader", "?w=globex&page=settings/credits&balance=1&view=table");
    browser.awaitText(
        ".table-scroll tbody tr:last-child td:last-child", "%,d over".formatted(over));
    browser.awaitText(
        ".trends-body", "Usage beyond 0 left is overage, which is in Credit History.");
  }

  @Test
  void drawsEveryDayOfTheRangeWithItsCredits() {
    openCredits("&range=90d");
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    var trends = api(TRENDS + "&groupBy=none&from=" + today.minusDays(89) + "&to=" + today);
    browser.await("90 bars", () -> browser.all(".chart-bucket").size() == 90);
    var points = trends.get("series").get(0).get("points");
    assertThat(browser.attributes(".chart-bucket", "data-credits"))
        .isEqualTo(
            StreamSupport.stream(points.spliterator(), false)
                .map(point -> point.get("credits").asText())
                .toList());
    assertThat(browser.attribute("[data-total]", "data-total"))
        .isEqualTo(trends.get("total").asText());
  }

  @Test
  void presetsStandInTheAddressAndBackTakesThemBack() {
    openCredits("");
    browser.click(".range .segment", "7 days");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    assertThat(browser.address()).contains("range=7d");
    browser.back();
    browser.await("30 bars", () -> browser.all(".chart-bucket").size() == 30);
    browser.forward();
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    assertThat(browser.attribute(".range [aria-pressed=true]", "aria-pressed")).isEqualTo("true");
  }

  @Test
  void customRangesAreCheckedBeforeTheyAreAsked() {
    openCredits("");
    browser.click(".range .segment", "Custom");
    browser.find("range-picker input[name=from]");
    browser.script("document.querySelector('range-picker [name=from]').value = '2020-01-01'");
    browser.click("range-picker .dates .button");
    browser.awaitText("range-picker .field-error", "at most 400 days");
    assertThat(browser.attribute("range-picker [name=from]", "aria-invalid")).isEqualTo("true");
    assertThat(browser.attribute("range-picker [name=to]", "aria-describedby"))
        .isEqualTo(browser.attribute("range-picker .field-error", "id"));
    browser.script("document.querySelector('range-picker .field-error').dataset.old = '1'");
    browser.click("range-picker .dates .button");
    browser.find("range-picker .field-error:not([data-old])"); // so it is heard again
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    browser.script(
        "document.querySelector('range-picker [name=from]').value = arguments[0]",
        today.minusDays(9).toString());
    browser.click("range-picker .dates .button");
    browser.await("10 bars", () -> browser.all(".chart-bucket").size() == 10);
    assertThat(browser.address()).contains("range=" + today.minusDays(9) + ".." + today);
  }

  @Test
  void groupsStackAndTheLegendNamesThem() {
    openCredits("&by=source");
    browser.await("a legend", () -> browser.texts(".legend-label").size() >= 3);
    assertThat(browser.texts(".legend-label")).contains("Platform", "CRM", "CSV import");
    assertThat(browser.all("path.series")).hasSameSizeAs(browser.texts(".legend-label"));
    browser.choose(".controls select", "kind");
    browser.await("activities", () -> browser.texts(".legend-label").contains("Phones revealed"));
    assertThat(browser.address()).contains("by=kind");
  }

  @Test
  void comparesWithThePreviousPeriodAndDrawsTheBalance() {
    openCredits("&compare=1&balance=1");
    browser.find("path.chart-previous");
    browser.find("path.chart-balance");
    // Both sides with their days, then the whole range before, as the table's column has it.
    browser.await(
        "compared",
        () ->
            browser
                .text(".delta")
                .matches(
                    "(?U).*[\\d,]+ on .+ – .+ against [\\d,]+ on .+ – .+\\. All of .+: [\\d,]+\\."));
    assertThat(browser.all("path.unfinished")).hasSize(1);
    assertThat(browser.attributes(".chart-bucket", "aria-label"))
        .allMatch(label -> label.contains("previous period") && label.contains("balance"));
  }

  @Test
  void hoursAreOfferedForShortRangesOnly() {
    openCredits("&range=90d");
    browser.find(".toggle input[aria-disabled=true][aria-describedby=why-not-hours]");
    assertThat(browser.text("#why-not-hours")).isEqualTo("(at most 14 days)");
    browser.click(".toggle", "By hour");
    assertThat(browser.address()).doesNotContain("hours");
    browser.click(".range .segment", "7 days");
    browser.await("hours offered", () -> !browser.has(".toggle [aria-disabled]"));
    browser.click(".toggle", "By hour");
    browser.await("168 bars", () -> browser.all(".chart-bucket").size() == 168);
    browser.awaitText("#announcements", "Per hour.");
  }

  @Test
  void spikesAreMarkedOnTheirDayAndOnTheirHour() {
    openCredits("");
    browser.find("path.chart-spike");
    assertThat(browser.attributes(".chart-bucket", "aria-label"))
        .anyMatch(label -> label.contains("about 14 credits would be usual"));
    assertThat(browser.texts(".legend li")).contains("Unusual spike");
    openCredits("&range=7d&hours=1");
    browser.await("an hour marked", () -> browser.all("path.chart-spike").size() == 1);
    var marked = labelsWith("about 16 credits would be usual");
    assertThat(marked).hasSize(1);
    // The same hour twice: as the bar's own, and in the message, which the pipeline writes in UTC.
    String hour = marked.get(0).replaceAll(".*?(\\d+:\\d\\d\\s[AP]M):.*", "$1");
    assertThat(marked.get(0)).contains(", " + hour + " GMT").doesNotContain("UTC");
    openCredits("&view=table");
    browser.awaitText(".table-scroll .badge", "Spike");
    browser.awaitText(".table-scroll tbody", "about 14 credits would be usual");
  }

  @Test
  void aCampaignsPageMarksItsOwnSpikes() {
    open("reader", "?w=acme&page=campaign&campaign=c-005");
    browser.find("path.chart-spike");
    browser.awaitTexts(".alerts .callout b", "Spike.");
    assertThat(browser.texts(".legend li")).contains("Unusual spike");
  }

  private List<String> labelsWith(String part) {
    return browser.attributes(".chart-bucket", "aria-label").stream()
        .filter(label -> label.contains(part))
        .toList();
  }

  @Test
  void theTableHoldsWhatTheChartShows() {
    openCredits("&by=campaign");
    var bars = browser.attributes(".chart-bucket", "data-credits");
    browser.click(".controls [title=Table]");
    browser.find(".table-scroll tbody tr");
    assertThat(browser.texts(".table-scroll tbody td:nth-child(2)")).isEqualTo(bars);
    assertThat(browser.address()).contains("view=table");
    assertThat(browser.text(".table-scroll caption")).startsWith("Credits used per day");
  }

  @Test
  void csvHoldsEverySeriesByNameOfWorkspaceAndDaysAndIsReadByExcel() {
    openCredits("&by=kind&range=7d");
    browser.click(".controls .button");
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    var lines =
        browser.download(
            "credit-usage-acme-by-activity-daily-" + today.minusDays(6) + "-" + today + ".csv");
    assertThat(lines).hasSize(1 + 2 * 7);
    assertThat(lines.get(0))
        .isEqualTo("\ufeffkey,label,start,credits,leadsSourced,phonesRevealed,remaining");
    int total =
        lines.stream().skip(1).mapToInt(line -> Integer.parseInt(line.split(",", 5)[3])).sum();
    assertThat(String.valueOf(total)).isEqualTo(browser.attribute("[data-total]", "data-total"));
  }

  @Test
  void csvByTheHourHasLocalTimesAndWhatWasUsedBefore() {
    openCredits("&range=7d&hours=1&compare=1&by=kind");
    browser.find("path.chart-previous");
    browser.click(".controls .button");
    var lines =
        browser.download("credit-usage-acme-by-activity-hourly-with-previous-period-.*\\.csv");
    assertThat(lines.get(0))
        .isEqualTo(
            "\ufeffkey,label,start,localStart,credits,leadsSourced,phonesRevealed,remaining,"
                + "previousCredits");
    var cells = lines.get(1).split(",", -1);
    assertThat(OffsetDateTime.parse(cells[3]).toInstant()).isEqualTo(Instant.parse(cells[2]));
    assertThat(cells[3]).matches(".*T00:00:00\\+0[12]:00");
    long previous =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",", -1)[8])
            .filter(cell -> !cell.isEmpty())
            .mapToLong(Long::parseLong)
            .sum();
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Berlin"));
    String before = "&groupBy=none&from=" + today.minusDays(13) + "&to=" + today.minusDays(7);
    assertThat(previous).isEqualTo(api(TRENDS + before).get("total").asLong());
  }

  @Test
  void theTableLinksEachDayAndDoublesNoColumn() {
    openCredits("&range=90d&by=kind&balance=1&compare=1&view=table");
    browser.find(".table-scroll tbody tr");
    browser.awaitTexts(
        ".table-scroll thead th:nth-child(-n+4)",
        "Day",
        "Credits",
        "Leads sourced",
        "Phones revealed");
    assertThat(browser.texts(".table-scroll thead th")).doesNotContain("Leads", "Phones");
    browser.await(
        "the column names its range",
        () ->
            browser.texts(".table-scroll thead th").stream()
                .anyMatch(text -> text.matches("(?s)Previous period\\s+\\w.*–.*")));
    browser.await(
        "grants with their amounts",
        () ->
            browser.texts(".table-scroll .badge").stream()
                .anyMatch(text -> text.matches("[\\d,]+ granted \\(.+\\)")));
    String day = browser.attribute(".table-scroll tbody tr", "data-start");
    browser.click(".table-scroll tbody a");
    browser.awaitText("h1", "Credit History");
    assertThat(browser.address()).contains("range=" + day + ".." + day);
  }

  @Test
  void controlsThatAreTurnedAreHeard() {
    openCredits("&range=7d");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    browser.click(".toggle", "Previous period");
    browser.awaitText("#announcements", "against");
    browser.click(".toggle", "Balance");
    browser.awaitText("#announcements", "With the balance.");
    browser.choose(".controls select", "campaign");
    browser.awaitText("#announcements", "Grouped by campaign.");
  }

  @Test
  void theRangeThatIsShownStaysPressedWhileAnotherIsTyped() {
    openCredits("&range=7d");
    browser.click(".range .segment", "Custom");
    browser.find("range-picker input[name=from]");
    assertThat(browser.texts(".range [aria-pressed=true]")).containsExactly("7 days");
    assertThat(browser.texts(".range [aria-expanded=true]")).containsExactly("Custom");
  }

  @Test
  void oneDayIsCalledOneDay() {
    openCredits("&range=today");
    browser.awaitText(".trends .summary dt", "Credits used on this day");
    openCredits("&range=period");
    browser.awaitText(
        ".trends .card-head",
        "Credit period: the term of the live grant that expires first, used up or not");
  }

  @Test
  void theKeyboardReadsEveryBar() {
    openCredits("&range=7d");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    assertThat(browser.attributes(".chart-bucket", "tabindex")).containsOnlyOnce("0");
    assertThat(browser.attribute(".chart", "aria-label")).doesNotContain("arrow");
    assertThat(browser.attribute(".chart", "aria-describedby")).isEqualTo("chart-hint");
    assertThat(browser.attribute(".remaining .meter.big", "aria-hidden")).isEqualTo("true");
    browser.script("document.querySelector('.controls .button').focus()");
    browser.press(Keys.TAB, Keys.TAB); // past the link that skips the chart
    var starts = browser.attributes(".chart-bucket", "data-start");
    assertThat(browser.focused("data-start")).isEqualTo(starts.get(6));
    browser.find(".chart-tip");
    browser.press(Keys.ARROW_LEFT);
    assertThat(browser.focused("data-start")).isEqualTo(starts.get(5));
    browser.press(Keys.HOME);
    assertThat(browser.focused("data-start")).isEqualTo(starts.get(0));
    assertThat(browser.focused("aria-label")).contains("credits").contains("leads sourced");
    browser.press(Keys.ESCAPE);
    browser.await("the tooltip goes", () -> !browser.has(".chart-tip"));
    browser.press(Keys.TAB);
    assertThat(browser.focused("data-start")).isNull();
  }

  @Test
  void hoveringABarShowsItsNumbers() {
    openCredits("&range=7d&by=source");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    browser.hover(browser.all(".chart-bucket").get(2));
    String credits = browser.attributes(".chart-bucket", "data-credits").get(2);
    browser.awaitText(".chart-tip-total", credits);
  }

  @Test
  void aClickOnABarOpensThatDaysHistory() {
    openCredits("&range=7d");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    String day = browser.attributes(".chart-bucket", "data-start").get(4);
    browser.hover(browser.all(".chart-bucket").get(4));
    browser.all(".chart-bucket").get(4).click();
    browser.awaitText("h1", "Credit History");
    browser.find("[data-row]");
    assertThat(browser.address()).contains("range=" + day + ".." + day);
    assertThat(browser.attributes("tbody[data-day]", "data-day")).containsExactly(day);
  }

  @Test
  void aTouchShowsTheNumbersAndASecondOneOpensThem() {
    openCredits("&range=7d");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    browser.script("document.querySelector('.chart-bucket').scrollIntoView({block: 'center'})");
    browser.tap(".chart-bucket");
    browser.awaitText(
        ".chart-tip-total", browser.attributes(".chart-bucket", "data-credits").get(0));
    assertThat(browser.address()).doesNotContain("history");
    browser.tap(".chart-bucket");
    browser.awaitText("h1", "Credit History");
  }

  @Test
  void aClickWithControlLeavesTheChartWhereItIs() {
    openCredits("&range=7d");
    browser.await("7 bars", () -> browser.all(".chart-bucket").size() == 7);
    browser.inTabOpenedBy(
        () -> browser.clickWithControl(browser.all(".chart-bucket").get(4)),
        () -> browser.awaitText("h1", "Credit History"));
    assertThat(browser.address()).doesNotContain("history");
  }

  @Test
  void daysAheadAreNotDaysWithoutUsage() {
    openCredits("&range=2099-01-01..2099-01-03&compare=1");
    browser.awaitText(".chart-empty", "These days have not begun.");
    browser.awaitText(".delta", "Nothing to compare yet");
  }

  @Test
  void aSingleDayIsShownByTheHourAndComparedUpToThisOne() {
    openCredits("&range=today&compare=1");
    browser.await("24 bars", () -> browser.all(".chart-bucket").size() >= 23);
    // Early in the day there may be no usage the day before, or no hour that is over.
    browser.await(
        "compared up to this hour",
        () ->
            browser.texts(".delta").stream()
                .anyMatch(
                    text -> text.matches("(?s).*(until \\d+:00|the first hour is not over).*")));
    assertThat(browser.attributes(".chart-bucket", "aria-label"))
        .anyMatch(label -> label.contains("so far"));
    browser.click(".toggle", "By hour");
    browser.await("one bar", () -> browser.all(".chart-bucket").size() == 1);
    browser.awaitText(".delta", "Nothing to compare yet");
  }

  @Test
  void alertsInForceStandAboveThePanels() {
    openCredits("");
    browser.awaitTexts(".alerts .callout b", "Expiry.", "Quota.", "Spike.");
    browser.click(".alert-buttons .button", "All in force (4)");
    browser.awaitTexts(".alerts .callout b", "Expiry.", "Quota.", "Spike.", "Quota.");
    assertThat(browser.texts(".alerts .callout .badge"))
        .containsExactly("Notice", "Critical", "Warning", "Warning");
    assertThat(browser.texts(".alerts .callout time")).allMatch(text -> text.startsWith("raised "));
    browser.click(".alert-buttons .button", "Alerts raised so far: 6");
    browser.await("all alerts", () -> browser.all(".alert-list li").size() == 6);
    assertThat(browser.texts(".alert-buttons [aria-expanded=true]"))
        .containsExactly("All in force (4)", "Alerts raised so far: 6");
  }

  @Test
  void quotaAndProjectionWithItsRangeStandBesideEachCampaign() {
    openCredits("");
    var item = api("/v1/workspaces/acme/credits/campaigns/c-001");
    String row = browser.text("[data-campaign=c-001]");
    assertThat(row)
        .contains("%,d of 20,000".formatted(item.get("creditsUsed").asLong()))
        .contains("%,d".formatted(item.get("projectedUsage").asLong()))
        .contains(
            "%,d – %,d"
                .formatted(item.get("projectedLow").asLong(), item.get("projectedHigh").asLong()));
    assertThat(row).contains("Based on the last 56 days, pauses left out");
    assertThat(browser.text("[data-campaign=c-011]"))
        .contains("Too little to go by: only one day of activity so far");
    assertThat(browser.text("[data-campaign=c-010]"))
        .contains("c-010")
        .contains("Unknown")
        .contains("No quota");
  }

  @Test
  void aGrantThatWasVoidedIsMarkedOnTheChartInItsLegendAndInTheTable() {
    openCredits("&range=90d&balance=1");
    browser.find("path.chart-voided");
    assertThat(browser.texts(".legend li")).contains("Grant voided");
    assertThat(labelsWith("9,999 voided (mistaken)")).hasSize(1);
    browser.click(".controls [title=Table]");
    browser.await(
        "the badge",
        () -> browser.texts(".table-scroll .badge").contains("9,999 voided (mistaken)"));
  }

  @Test
  void theBalanceColumnIsSeenOnALaptop() {
    browser.size(1280, 900);
    for (String more : List.of("", "&compare=1&by=kind")) {
      openCredits("&range=90d&balance=1&view=table" + more);
      browser.awaitText(".table-scroll thead th:last-child", "Balance");
      browser.find(".table-scroll .badge");
      if (!more.isEmpty()) browser.awaitText(".table-scroll thead", "Previous period");
      assertThat(overflowOf(".table-scroll")).isZero();
    }
  }

  @Test
  void theCampaignsStayWithinTheirCardOnALaptop() {
    browser.size(1280, 900);
    openCredits("");
    assertThat(overflowOf(".usage")).isZero();
  }

  private long overflowOf(String css) {
    return (Long)
        browser.script(
            "const box = document.querySelector(arguments[0]); return box.scrollWidth -"
                + " box.clientWidth",
            css);
  }

  @Test
  void usageWithinTheBalanceIsNoOverage() {
    openCredits("&balance=1");
    browser.find("path.chart-balance");
    assertThat(browser.text(".trends-body")).doesNotContain("overage");
  }

  @Test
  void aDayOnAverageIsSaidByTheHourToo() {
    openCredits("&range=7d&hours=1");
    browser.await("168 bars", () -> browser.all(".chart-bucket").size() >= 167);
    browser.awaitText(".trends .summary", "over 6 whole days, today left out");
  }

  @Test
  void alertsNameTheThresholdThatWasCrossed() {
    openCredits("");
    browser.click(".alert-buttons .button", "Alerts raised so far: 6");
    browser.await(
        "thresholds",
        () ->
            browser.texts(".alert-list .alert-message").stream()
                .anyMatch(text -> text.startsWith("Quota, at 80% of the quota")));
  }
}
