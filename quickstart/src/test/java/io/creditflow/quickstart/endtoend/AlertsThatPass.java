package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.endtoend.TestLoad.Message;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts that are true when they are raised and are not a moment later: a quota taken away, an
 * empty workspace filled up, expiring credits used up in time.
 */
final class AlertsThatPass {
  static final List<String> WORKSPACES = List.of("unlimited-co", "refilled-co", "used-up-co");

  private final Instant now;

  AlertsThatPass(Instant now) {
    this.now = now;
  }

  List<Message> raising() {
    List<Message> all = new ArrayList<>();
    for (String workspace : WORKSPACES) {
      all.add(TestLoad.workspace(workspace, workspace, ZoneId.of("UTC"), now));
    }
    all.add(TestLoad.grant("unlimited-co", "g", 1_000, hoursAgo(10), null));
    all.add(quota("before", "{\"long\":10}", hoursAgo(2)));
    leads(10, "unlimited-co", all);
    all.add(TestLoad.grant("refilled-co", "g", 100, hoursAgo(10), null));
    leads(120, "refilled-co", all);
    all.add(TestLoad.grant("used-up-co", "g", 50, hoursAgo(10), hoursAgo(-20)));
    return all;
  }

  List<Message> passing() {
    List<Message> all = new ArrayList<>();
    all.add(quota("after", "null", hoursAgo(1)));
    all.add(TestLoad.grant("refilled-co", "more", 1_000, hoursAgo(6), hoursAgo(-24 * 60)));
    leads(50, "used-up-co", all);
    return all;
  }

  /**
   * @param url the API's
   */
  static void areShown(DashboardPage page, String url) throws Exception {
    inForce(page, url, "unlimited-co", "Quota.");
    inForce(page, url, "refilled-co", "Low balance.");
    inForce(page, url, "used-up-co", "Expiry.");
  }

  static void haveGone(DashboardPage page, String url) throws Exception {
    inForce(page, url, "unlimited-co");
    inForce(page, url, "refilled-co");
    assertThat(page.remaining()).isEqualTo(980);
    inForce(page, url, "used-up-co", "Low balance.");
    assertThat(page.text("main")).doesNotContain("50 credits expire");
  }

  private static void inForce(DashboardPage page, String url, String workspace, String... kinds)
      throws Exception {
    page.show(
        url + "/?w=" + workspace + "&page=settings/credits", "remaining-panel .balance-number");
    page.awaitTexts(".alerts .callout b", kinds);
  }

  private void leads(int count, String workspace, List<Message> into) {
    for (int lead = 0; lead < count; lead++) {
      String id = "l-" + lead;
      into.add(TestLoad.lead(workspace, "c", id, id, now.minusMillis(1_000 + lead)));
    }
  }

  private static Message quota(String eventId, String quota, Instant at) {
    return TestLoad.message(
        Topics.CAMPAIGNS,
        "unlimited-co",
        eventId,
        at,
        "\"campaignId\":\"c\",\"name\":\"C\",\"source\":\"CRM\",\"status\":\"ACTIVE\",\"quota\":"
            + quota
            + ",\"startsAt\":null,\"endsAt\":null,");
  }

  private Instant hoursAgo(int hours) {
    return now.minus(Duration.ofHours(hours));
  }
}
