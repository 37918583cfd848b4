package io.creditflow.quickstart.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  /** Sunday, three in the morning in New York. */
  private static final Instant QUIET = Instant.parse("2026-11-22T08:00:00Z");

  private static final Instant NOW = Instant.parse("2026-11-18T15:20:00Z");

  @Test
  void bringsEveryKindOfEventToEveryWorkspaceAndReversesOnlyWhatWasSent() {
    LiveFeed feed =
        new LiveFeed(new SimulatedHistory(NOW, WorkspacePlan.customers()), new SplittableRandom(7));
    List<ScheduledEvent> sent = new ArrayList<>();
    for (int second = 0; second < 20_000; second++) {
      sent.add(feed.next(NOW.plusSeconds(second), 1));
    }
    assertThat(sent.stream().map(ScheduledEvent::workspaceId).distinct()).hasSize(6);
    assertThat(sent.stream().map(ScheduledEvent::topic).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Topics.LEAD_SOURCED, Topics.PHONE_REVEALED, Topics.EMAIL_SENT, Topics.USAGE_REVERSED);
    Set<String> leads = new HashSet<>();
    for (ScheduledEvent publication : sent) {
      if (publication.event() instanceof LeadSourced lead) {
        assertThat(leads.add(lead.getEventId())).isTrue();
      } else if (publication.event() instanceof UsageReversed reversed) {
        assertThat(leads).contains(reversed.getReversedEventId());
      }
    }
  }

  @Test
  void theQuietHoursOfTheStoryStayQuiet() {
    LiveFeed feed =
        new LiveFeed(
            new SimulatedHistory(QUIET, WorkspacePlan.customers()), new SplittableRandom(7));
    Map<String, Integer> creditsByCampaign = new HashMap<>();
    for (int event = 0; event < 5_400; event++) {
      var record = feed.next(QUIET.plusMillis(event * 667L), 1.5).event();
      if (record instanceof LeadSourced lead) {
        creditsByCampaign.merge(lead.getCampaignId(), 1, Integer::sum);
      } else if (record instanceof PhoneRevealed phone) {
        creditsByCampaign.merge(phone.getCampaignId(), 1, Integer::sum);
      }
    }
    assertThat(creditsByCampaign).hasSizeGreaterThan(10);
    assertThat(creditsByCampaign.values()).as("less than a spike needs").allMatch(sum -> sum <= 10);
  }
}
