package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Workspaces about which it is easy to say something wrong, and what the page says of them. */
final class EdgeCaseWorkspaces {
  static final List<String> WORKSPACES =
      List.of("expired-co", "scheduled-co", "begun-co", "tight-co", "paged-co");

  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("MMM d, uuuu, h:mm a z", Locale.US).withZone(ZONE);

  private final Instant now;

  EdgeCaseWorkspaces(Instant now) {
    this.now = now;
  }

  List<Message> messages() {
    List<Message> all = new ArrayList<>();
    for (String workspace : WORKSPACES) {
      all.add(TestLoad.workspace(workspace, workspace, ZONE, now));
    }
    all.add(TestLoad.grant("expired-co", "g", 500, daysAgo(10), daysAgo(1)));
    all.add(TestLoad.grant("scheduled-co", "g", 500, daysAgo(-5), null));
    all.add(TestLoad.grant("begun-co", "g", 1_000, now.minus(Duration.ofHours(1)), daysAgo(-60)));
    for (int lead = 0; lead < 900; lead++) all.add(lead("begun-co", "c", lead));
    all.add(TestLoad.grant("tight-co", "g", 10_000, now.minus(Duration.ofHours(1)), expiry()));
    all.add(campaign("nearly", "ACTIVE", 1_000));
    all.add(campaign("draft", "DRAFT", 0));
    for (int lead = 0; lead < 996; lead++) all.add(lead("tight-co", "nearly", lead));
    all.add(lead("tight-co", "..", 0));
    for (int campaign = 0; campaign < 51; campaign++) {
      all.add(lead("paged-co", "c-" + campaign, 0)); // one more than a page of the table holds
    }
    return all;
  }

  /**
   * @param url the API's
   */
  void areSpokenOfAsTheyAre(DashboardPage page, ApiClient api, String url) throws Exception {
    says(page, url, "expired-co", "500 credits expired unused on " + EXACT.format(daysAgo(1)));
    assertThat(page.text("remaining-panel")).doesNotContain("All credits are used");
    says(page, url, "scheduled-co", "500 credits start on " + EXACT.format(daysAgo(-5)));

    says(page, url, "begun-co", "Too little usage to go by yet");
    assertThat(page.text("remaining-panel")).doesNotContain("unused").doesNotContain("No end");
    page.awaitText(".alerts .callout", "Low balance.");

    JsonNode credits = api.json("/v1/workspaces/tight-co/credits");
    String days = credits.get("daysRemaining").asText();
    says(page, url, "tight-co", "expire in " + days + " days, on " + EXACT.format(expiry()));
    page.awaitText(".alerts .callout", "expire in " + days + " days (" + EXACT.format(expiry()));
    assertThat(page.attributes("[data-days]", "data-days")).containsExactly(days);
    assertThat(page.text("[data-campaign=nearly] .quota")).contains("99%");
    assertThat(page.text("[data-campaign=draft] .quota"))
        .contains("Nothing is allowed")
        .doesNotContain("%");
    assertThat(inForce(api, "tight-co")).containsExactlyInAnyOrder("EXPIRY", "QUOTA nearly");

    page.show(url + "/?w=tight-co&page=campaign&campaign=..", ".chart-bucket");
    assertThat(page.attributes(".tile [data-value]", "data-value").get(0)).isEqualTo("1");
    assertThat(page.complaints()).as("the console").isEmpty();
  }

  private static void says(DashboardPage page, String url, String workspace, String sentence)
      throws Exception {
    page.show(
        url + "/?w=" + workspace + "&page=settings/credits", "remaining-panel .balance-number");
    page.awaitText("remaining-panel .runway", sentence);
  }

  private static List<String> inForce(ApiClient api, String workspace) throws Exception {
    JsonNode alerts = api.json("/v1/workspaces/" + workspace + "/credits/alerts?inForce=true");
    return StreamSupport.stream(alerts.get("items").spliterator(), false)
        .map(one -> (one.get("kind").asText() + " " + one.get("campaignId").asText("")).strip())
        .toList();
  }

  /** An afternoon in ten days, of another date in UTC. */
  private Instant expiry() {
    return now.atZone(ZONE).toLocalDate().plusDays(10).atTime(16, 0).atZone(ZONE).toInstant();
  }

  private Instant daysAgo(int days) {
    return now.minus(Duration.ofDays(days));
  }

  private Message lead(String workspace, String campaign, int number) {
    String eventId = "%s-%s-%d".formatted(workspace, campaign, number);
    Instant at = now.minusMillis(1_000 + number);
    return TestLoad.lead(workspace, campaign, eventId, "l-" + number, at);
  }

  private Message campaign(String id, String status, long quota) {
    String fields =
        "\"campaignId\":\"%s\",\"name\":\"%s\",\"source\":\"CRM\",\"status\":\"%s\","
                .formatted(id, id, status)
            + "\"quota\":{\"long\":%d},\"startsAt\":null,\"endsAt\":null,".formatted(quota);
    return TestLoad.message(Topics.CAMPAIGNS, "tight-co", "c-" + id, daysAgo(2), fields);
  }
}
