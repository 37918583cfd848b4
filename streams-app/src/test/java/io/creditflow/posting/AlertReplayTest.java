package io.creditflow.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.alert.Alert;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.reference.Rules;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** A replay into new books, as under a new application id, and what comes after it. */
class AlertReplayTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private record Arrival(String topic, SpecificRecord event, Instant at) {}

  private final List<Arrival> topics = new ArrayList<>();
  private final Set<String> published = new HashSet<>();
  private EngineBooks books = new EngineBooks(Rules.DEFAULT);
  private Instant now = START;

  @Test
  void whatWasCrossedLeftAndCrossedAgainDaysAgoIsNotPublishedAgain() {
    crossLeaveAndCrossAgain();
    now = now.plus(Duration.ofDays(3));
    lead("l9"); // makes the latest change of the campaign a fresh one
    assertThat(judge()).isEmpty();

    replay();

    assertThat(judge()).isEmpty();
  }

  @Test
  void afterAReplayTheNextRecoveryAndTheNextCrossingArePublished() {
    crossLeaveAndCrossAgain();

    replay();

    assertThat(judge()).isEmpty();
    takeBack("l8b");
    assertThat(judge()).containsExactly(AlertLevel.RECOVERED);
    lead("l8c");
    assertThat(judge()).containsExactly(AlertLevel.WARNING);
  }

  @Test
  void aRecoveryThatTheReplayComesUponIsPublished() {
    crossLeaveAndCrossAgain();
    takeBack("l8b");

    replay();

    assertThat(judge()).containsExactly(AlertLevel.RECOVERED);
    assertThat(judge()).isEmpty();
  }

  @Test
  void besideBooksThatRaiseAlertsOthersHoldTheirsBackUntilTheyTakeOver() {
    campaign(10);
    for (int i = 1; i <= 8; i++) {
      lead("l" + i);
    }
    EngineBooks old = books;
    EngineBooks next = new EngineBooks(Rules.DEFAULT);
    next.restart(false, Set.of());
    replayInto(next);

    assertThat(judge(next)).isEmpty();
    assertThat(judge(old)).containsExactly(AlertLevel.WARNING);
    books = next;
    lead("l9");
    lead("l10"); // which the old ones do not see any more
    assertThat(judge(next)).isEmpty();
    next.restart(true, Set.copyOf(published));

    assertThat(judge(next)).containsExactly(AlertLevel.CRITICAL);
    assertThat(judge(next)).isEmpty();
  }

  @Test
  void bothThresholdsLeftAtOnceStayLeft() {
    campaign(10);
    for (int i = 1; i <= 10; i++) {
      lead("l" + i);
    }
    assertThat(judge()).containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
    campaign(1000);
    assertThat(judge()).containsExactly(AlertLevel.RECOVERED);

    replay();

    assertThat(judge()).isEmpty();
    campaign(10);
    assertThat(judge()).containsExactly(AlertLevel.WARNING, AlertLevel.CRITICAL);
  }

  private void crossLeaveAndCrossAgain() {
    campaign(10);
    for (int i = 1; i <= 8; i++) {
      lead("l" + i);
    }
    assertThat(judge()).containsExactly(AlertLevel.WARNING);
    takeBack("l8");
    assertThat(judge()).containsExactly(AlertLevel.RECOVERED);
    lead("l8b");
    assertThat(judge()).containsExactly(AlertLevel.WARNING);
  }

  /** Levels of the QUOTA alerts that are published: none that was published before. */
  private List<AlertLevel> judge() {
    return judge(books);
  }

  private List<AlertLevel> judge(EngineBooks judging) {
    now = now.plusSeconds(60);
    judging.advance(now);
    List<AlertLevel> levels = new ArrayList<>();
    for (Alert alert : judging.judge(now)) {
      if (alert.kind() == AlertKind.QUOTA && published.add(alert.alertId())) {
        levels.add(alert.level());
      }
    }
    return levels;
  }

  private void replay() {
    books = new EngineBooks(Rules.DEFAULT, Set.copyOf(published));
    replayInto(books);
  }

  private void replayInto(EngineBooks fresh) {
    topics.forEach(record -> fresh.accept(record.topic, record.event, record.at));
  }

  private void campaign(long quota) {
    now = now.plusSeconds(1);
    arrive(
        Topics.CAMPAIGNS,
        new CampaignChanged(
            "p" + now,
            "w",
            "c",
            "Spring",
            LeadSource.CSV,
            CampaignStatus.ACTIVE,
            quota,
            null,
            null,
            now));
  }

  private void lead(String eventId) {
    now = now.plusSeconds(1);
    arrive(Topics.LEAD_SOURCED, new LeadSourced(eventId, "w", "c", eventId, LeadSource.CSV, now));
  }

  private void takeBack(String eventId) {
    now = now.plusSeconds(1);
    arrive(Topics.USAGE_REVERSED, new UsageReversed("r" + eventId, "w", eventId, null, now));
  }

  private void arrive(String topic, SpecificRecord event) {
    topics.add(new Arrival(topic, event, now));
    books.accept(topic, event, now);
  }
}
