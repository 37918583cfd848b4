package io.creditflow.quickstart.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedHistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-18T15:20:00Z");

  private static final SimulatedHistory STORY =
      new SimulatedHistory(NOW, WorkspacePlan.customers());
  private static final List<ScheduledEvent> PAST = STORY.past();

  @Test
  void isTheSameWhenToldAgain() {
    assertThat(new SimulatedHistory(NOW, WorkspacePlan.customers()).past()).isEqualTo(PAST);
  }

  @Test
  void isLongEnoughToLookAtAndShortEnoughToTellInSeconds() {
    assertThat(PAST).hasSizeBetween(20_000, 60_000);
    assertThat(PAST.stream().map(ScheduledEvent::workspaceId).distinct()).hasSize(6);
  }

  @Test
  void usageIsNeverOlderThanThirtyDaysNorInTheFuture() {
    assertThat(usage(PAST).map(SimulatedHistoryTest::occurredAt))
        .allSatisfy(
            at -> assertThat(at).isBetween(NOW.minus(Duration.ofDays(30)), NOW.minusMillis(1)));
  }

  @Test
  void tellsOfLateRepeatedAndReversedEvents() {
    Set<String> seen = new HashSet<>();
    long repeated =
        PAST.stream().filter(p -> !seen.add(p.event().get(0) + p.workspaceId())).count();
    long late =
        usage(PAST)
            .filter(p -> p.sentAt().isAfter(occurredAt(p).plus(Duration.ofMinutes(30))))
            .count();
    assertThat(repeated).isBetween(200L, 2_000L);
    assertThat(late).isBetween(200L, 2_000L);
    List<UsageReversed> reversals = events(PAST, UsageReversed.class).toList();
    assertThat(reversals).hasSizeBetween(50, 500).allMatch(r -> r.getReason() != null);
    assertThat(reversals).allMatch(r -> seen.contains(r.getReversedEventId() + r.getWorkspaceId()));
  }

  @Test
  void oneIdNeverStandsForTwoEvents() {
    Map<String, Object> byId = new HashMap<>();
    for (ScheduledEvent publication : PAST) {
      String id = publication.workspaceId() + "/" + publication.event().get(0);
      assertThat(byId.computeIfAbsent(id, i -> publication.event())).isEqualTo(publication.event());
    }
  }

  @Test
  void campaignsHaveEverySourceAndStatus() {
    Map<String, CampaignChanged> latest = new HashMap<>();
    events(PAST, CampaignChanged.class)
        .forEach(
            version -> latest.put(version.getWorkspaceId() + version.getCampaignId(), version));
    assertThat(latest.values().stream().map(CampaignChanged::getStatus))
        .containsAll(List.of(CampaignStatus.values()));
    assertThat(latest.values().stream().map(CampaignChanged::getSource))
        .containsAll(List.of(LeadSource.values()));
    assertThat(events(PAST, WorkspaceChanged.class).map(WorkspaceChanged::getTimeZone))
        .allSatisfy(zone -> assertThat(ZoneId.of(zone)).isNotNull())
        .contains("Asia/Kolkata", "America/New_York", "Australia/Sydney");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-18T15:20:00Z", "2026-11-22T01:00:00Z", "2027-03-29T23:59:59Z"})
  void quotasAreNearOrOverWhateverTheDay(String now) {
    List<ScheduledEvent> told =
        new SimulatedHistory(Instant.parse(now), WorkspacePlan.customers()).past();
    assertThat(quotaUse(told, "fjord-analytics", "trade-fair")).isBetween(1.04, 1.12);
    assertThat(quotaUse(told, "aurora-outreach", "fintech-cfos")).isBetween(0.83, 0.89);
  }

  @Test
  void oneWorkspaceIsInOverageAndAnotherHasATopUpThatSoonExpires() {
    long bought = grants("southern-cross-talent").mapToLong(CreditGrant::getAmount).sum();
    assertThat(credits(PAST, "southern-cross-talent")).isGreaterThan(bought);

    CreditGrant topUp =
        grants("aurora-outreach").filter(g -> g.getGrantId().equals("top-up-1")).findAny().get();
    assertThat(Duration.between(NOW, topUp.getExpiresAt())).isBetween(days(3), days(5));
    assertThat(grants("fjord-analytics").filter(g -> g.getAction() == GrantAction.VOIDED))
        .hasSize(1);
    assertThat(grants("kaveri-growth").filter(g -> g.getEffectiveAt().isAfter(NOW))).hasSize(1);
    assertThat(grants("kaveri-growth").filter(g -> g.getExpiresAt().isBefore(NOW))).hasSize(1);
  }

  @Test
  void peopleWorkOnWeekdaysAndOneDayStandsOut() {
    Map<LocalDate, Long> leadsByDay =
        events(PAST, LeadSourced.class)
            .filter(lead -> lead.getWorkspaceId().equals("fjord-analytics"))
            .collect(
                Collectors.groupingBy(
                    lead -> lead.getOccurredAt().atZone(ZoneId.of("Europe/Berlin")).toLocalDate(),
                    Collectors.counting()));
    LocalDate busiest =
        leadsByDay.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
    assertThat(busiest).isEqualTo(LocalDate.of(2026, 11, 9));
    assertThat(leadsByDay.getOrDefault(LocalDate.of(2026, 11, 14), 0L))
        .isLessThan(leadsByDay.get(LocalDate.of(2026, 11, 13)) / 3);
    assertThat(LocalDate.of(2026, 11, 14).getDayOfWeek()).isEqualTo(DayOfWeek.SATURDAY);
  }

  @Test
  void goesOnWhereItWasTold() {
    List<ScheduledEvent> next = STORY.between(NOW, NOW.plus(days(2)));
    assertThat(next).isNotEmpty().hasSizeLessThan(10_000);
    Set<Object> told = PAST.stream().map(p -> p.event().get(0)).collect(Collectors.toSet());
    assertThat(usage(next).map(p -> p.event().get(0))).doesNotContainAnyElementsOf(told);
    assertThat(events(STORY.between(NOW, NOW.plus(days(40))), CreditGrant.class))
        .anyMatch(grant -> grant.getGrantId().equals("plan-2-renewal-1"));
  }

  private Stream<CreditGrant> grants(String workspaceId) {
    return events(PAST, CreditGrant.class).filter(g -> g.getWorkspaceId().equals(workspaceId));
  }

  private static double quotaUse(List<ScheduledEvent> told, String workspaceId, String campaignId) {
    long quota =
        events(told, CampaignChanged.class)
            .filter(c -> c.getCampaignId().equals(campaignId))
            .findAny()
            .get()
            .getQuota();
    List<ScheduledEvent> ofCampaign =
        told.stream()
            .filter(p -> p.event() instanceof LeadSourced || p.event() instanceof PhoneRevealed)
            .filter(p -> p.event().get(2).equals(campaignId))
            .toList();
    return (double) credits(ofCampaign, workspaceId) / quota;
  }

  private static long credits(List<ScheduledEvent> told, String workspaceId) {
    return told.stream()
        .filter(p -> p.workspaceId().equals(workspaceId))
        .filter(p -> p.event() instanceof LeadSourced || p.event() instanceof PhoneRevealed)
        .map(p -> p.event().get(0))
        .distinct()
        .count();
  }

  private static Stream<ScheduledEvent> usage(List<ScheduledEvent> publications) {
    return publications.stream()
        .filter(p -> p.event() instanceof LeadSourced || p.event() instanceof PhoneRevealed);
  }

  private static Instant occurredAt(ScheduledEvent publication) {
    return publication.event() instanceof LeadSourced sourced
        ? sourced.getOccurredAt()
        : ((PhoneRevealed) publication.event()).getOccurredAt();
  }

  private static <T> Stream<T> events(List<ScheduledEvent> publications, Class<T> type) {
    return publications.stream()
        .map(ScheduledEvent::event)
        .filter(type::isInstance)
        .map(type::cast);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
