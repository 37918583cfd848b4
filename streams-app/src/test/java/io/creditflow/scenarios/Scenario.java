package io.creditflow.scenarios;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.TrendsResponse.Point;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * A small history written by hand: one workspace, instants in hours from {@link #START}, records
 * that arrive at {@link #arrive}, questions asked at {@link #now}.
 */
final class Scenario {
  /** A Sunday; Berlin's clocks go forward on the 29th of its month. */
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  static final String WORKSPACE = "w";

  private final CreditCalculator calculator;
  private Instant arrival = START;
  private Instant now = START;

  Scenario(CreditCalculator calculator) {
    this.calculator = calculator;
  }

  static Instant hour(double hours) {
    return START.plus(Duration.ofMillis(Math.round(hours * 3_600_000)));
  }

  static Instant day(double days) {
    return hour(24 * days);
  }

  /** From here on records arrive at this instant, and questions are asked at it. */
  Scenario arrive(Instant instant) {
    arrival = instant;
    now = instant;
    calculator.advance(instant);
    return this;
  }

  /** Only questions are asked at this instant. */
  Scenario now(Instant instant) {
    now = instant;
    calculator.advance(instant);
    return this;
  }

  /** Usage and grants whose arrival does not matter to the story: just after they happened. */
  private Instant arrivalOf(Instant occurredAt) {
    return arrival.isAfter(occurredAt) ? arrival : occurredAt;
  }

  ReferenceOutcome lead(String eventId, Instant at) {
    return lead(eventId, "c", at);
  }

  ReferenceOutcome lead(String eventId, String campaignId, Instant at) {
    return lead(eventId, campaignId, LeadSource.PLATFORM, at);
  }

  ReferenceOutcome lead(String eventId, String campaignId, LeadSource source, Instant at) {
    return put(
        Topics.LEAD_SOURCED,
        new LeadSourced(eventId, WORKSPACE, campaignId, "lead-" + eventId, source, at),
        arrivalOf(at));
  }

  void leads(String prefix, int count, Instant at) {
    for (int number = 1; number <= count; number++) {
      lead(prefix + number, at);
    }
  }

  ReferenceOutcome phone(String eventId, Instant at) {
    return phone(eventId, "c", at);
  }

  ReferenceOutcome phone(String eventId, String campaignId, Instant at) {
    return put(
        Topics.PHONE_REVEALED,
        new PhoneRevealed(eventId, WORKSPACE, campaignId, "lead-" + eventId, at),
        arrivalOf(at));
  }

  ReferenceOutcome email(String eventId, Instant at) {
    return put(
        Topics.EMAIL_SENT,
        new EmailSent(eventId, WORKSPACE, "c", "lead-" + eventId, at),
        arrivalOf(at));
  }

  ReferenceOutcome reverse(String eventId, String reversedEventId, Instant at) {
    return reverse(eventId, reversedEventId, at, "because " + eventId);
  }

  ReferenceOutcome reverse(String eventId, String reversedEventId, Instant at, String reason) {
    return put(
        Topics.USAGE_REVERSED,
        new UsageReversed(eventId, WORKSPACE, reversedEventId, reason, at),
        arrivalOf(at));
  }

  /** A grant of its own, from the story's begin. */
  ReferenceOutcome grant(String eventId, GrantAction action, String reason) {
    return put(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            eventId, WORKSPACE, "g-" + eventId, action, 1L, START, null, 0, reason, START),
        arrival);
  }

  ReferenceOutcome quota(String eventId, Long quota) {
    return put(
        Topics.CAMPAIGNS,
        new CampaignChanged(
            eventId,
            WORKSPACE,
            "c",
            "A",
            LeadSource.CSV,
            CampaignStatus.ACTIVE,
            quota,
            null,
            null,
            arrival),
        arrival);
  }

  ReferenceOutcome grant(String grantId, long amount, Instant effectiveAt, Instant expiresAt) {
    return grant(grantId, amount, effectiveAt, expiresAt, 0);
  }

  ReferenceOutcome grant(
      String grantId, long amount, Instant effectiveAt, Instant expiresAt, int priority) {
    return put(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            "granted-" + grantId,
            WORKSPACE,
            grantId,
            GrantAction.GRANTED,
            amount,
            effectiveAt,
            expiresAt,
            priority,
            "bought",
            START),
        arrival);
  }

  ReferenceOutcome voidGrant(String eventId, String grantId, Instant at) {
    return put(
        Topics.CREDIT_GRANTS,
        new CreditGrant(
            eventId,
            WORKSPACE,
            grantId,
            GrantAction.VOIDED,
            0L,
            Instant.EPOCH,
            null,
            0,
            "because " + eventId,
            at),
        arrival);
  }

  ReferenceOutcome campaign(
      String eventId, String campaignId, String name, CampaignStatus status, Instant at) {
    return campaign(eventId, campaignId, name, LeadSource.CSV, status, at);
  }

  ReferenceOutcome campaign(
      String eventId,
      String campaignId,
      String name,
      LeadSource source,
      CampaignStatus status,
      Instant at) {
    return put(
        Topics.CAMPAIGNS,
        new CampaignChanged(
            eventId, WORKSPACE, campaignId, name, source, status, 100L, null, null, at),
        arrivalOf(at));
  }

  ReferenceOutcome workspace(String eventId, String name, String timeZone, Instant at) {
    return put(
        Topics.WORKSPACES,
        new WorkspaceChanged(eventId, WORKSPACE, name, timeZone, at),
        arrivalOf(at));
  }

  ReferenceOutcome put(String topic, SpecificRecord event, Instant at) {
    return calculator.accept(topic, event, at);
  }

  List<ReferenceRejection> rejections() {
    return calculator.rejections();
  }

  CreditQueries ask() {
    calculator.flush();
    for (int step = 0; step < 1000 && recounting(); step++) {
      calculator.advance(now);
      calculator.flush();
    }
    return calculator.queries(now);
  }

  private boolean recounting() {
    CreditQueries queries = calculator.queries(now);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return queries
        .workspace(WORKSPACE)
        .flatMap(
            item ->
                queries
                    .trends(WORKSPACE, query(today, today, Granularity.DAY, Grouping.NONE))
                    .map(trends -> !trends.timeZone().equals(item.timeZone())))
        .orElse(false);
  }

  CreditsResponse credits() {
    return ask().credits(WORKSPACE, null).orElseThrow();
  }

  CreditsResponse credits(Instant at) {
    return ask().credits(WORKSPACE, at).orElseThrow();
  }

  GrantItem grant(String grantId) {
    return grant(credits(), grantId);
  }

  static GrantItem grant(CreditsResponse credits, String grantId) {
    return credits.grants().stream()
        .filter(item -> item.grantId().equals(grantId))
        .findFirst()
        .orElseThrow();
  }

  List<HistoryRow> history() {
    return ask()
        .history(WORKSPACE, new HistoryQuery(null, null, null, Set.of(), null, 500, null))
        .orElseThrow()
        .items();
  }

  TrendsResponse trends(String from, String to, Granularity granularity, Grouping grouping) {
    LocalDate first = LocalDate.parse(from);
    LocalDate last = LocalDate.parse(to);
    return ask().trends(WORKSPACE, query(first, last, granularity, grouping)).orElseThrow();
  }

  List<Point> days(String from, String to) {
    return trends(from, to, Granularity.DAY, Grouping.NONE).series().get(0).points();
  }

  private static TrendsQuery query(
      LocalDate from, LocalDate to, Granularity granularity, Grouping grouping) {
    return new TrendsQuery(from, to, granularity, grouping);
  }

  List<CampaignItem> campaigns() {
    return ask()
        .campaigns(
            WORKSPACE,
            new CampaignsQuery(
                Set.of(), "", null, CampaignsQuery.Sort.CREDITS_USED, true, 500, null))
        .orElseThrow()
        .items();
  }
}
