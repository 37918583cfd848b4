package io.creditflow.quickstart.endtoend;

import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * 10,000 leads, 3,000 phone reveals and 1,000 emails of three workspaces, and what they must come
 * to: counted here from the plain list, before anything is repeated or shuffled.
 */
final class TestLoad {
  static final int LEADS = 10_000;
  static final int PHONES = 3_000;
  static final int EMAILS = 1_000;

  /** Leads of one campaign within seconds, where two or three an hour are usual. */
  private static final int SPIKE_LEADS = 90;

  static final String SPIKE_WORKSPACE = "rich-co";
  static final String SPIKE_CAMPAIGN = "campaign-0";

  /** Bought enough; bought too little; bought twice, the first of which expires. */
  static final List<String> WORKSPACES = List.of("rich-co", "poor-co", "twice-co");

  /** With a zone behind, a zone half an hour off and one with a half-hour summer time. */
  static final Map<String, ZoneId> ZONES =
      Map.of(
          "rich-co", ZoneId.of("America/New_York"),
          "poor-co", ZoneId.of("Asia/Kolkata"),
          "twice-co", ZoneId.of("Australia/Lord_Howe"));

  static final long RICH_GRANT = 20_000;
  static final long POOR_GRANT = 1_000;
  static final long FIRST_GRANT = 15_000;
  static final long SECOND_GRANT = 30_000;

  /** Names of campaigns as JSON has them: markup, right to left with emoji, 256 characters. */
  private static final List<String> HOSTILE_NAMES =
      List.of(
          "<img src=x onerror=alert(1)> & \\\"quotes\\\" {{x}} ${y}",
          "\u062d\u0645\u0644\u0629 \u0627\u0644\u0631\u0628\u064a\u0639 2026"
              + " \ud83d\ude80\ud83d\udc69\u200d\ud83d\ude80",
          "Longest".repeat(36) + "Name");

  private static final List<String> SOURCES = List.of("PLATFORM", "CRM", "CSV");

  private final Instant now;
  private final Random random;
  private final List<Usage> usage = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  /** A lead sourced or a phone revealed: one credit each. */
  record Usage(String workspaceId, String campaignId, String leadId, boolean phone, Instant at) {}

  /** What is sent: a record in Avro's JSON encoding. */
  record Message(String topic, String workspaceId, String record) {}

  /**
   * @param now the events happened in the 20 days before
   */
  TestLoad(Instant now, long seed) {
    this.now = now;
    this.random = new Random(seed);
    for (int lead = 0; lead < LEADS; lead++) {
      addLead(lead);
    }
    for (int phone = 0; phone < PHONES; phone++) {
      addPhone(phone);
    }
    for (int email = 0; email < EMAILS; email++) {
      addEmail(email);
    }
    for (int lead = 0; lead < SPIKE_LEADS; lead++) {
      addLead("spike-" + lead, SPIKE_WORKSPACE, 0, now.minusMillis(1 + random.nextInt(20_000)));
    }
  }

  /** When the first of the two grants ends and the second takes effect. */
  Instant turn() {
    return now.minus(Duration.ofDays(10));
  }

  /** Workspaces, one campaign too few, and grants. */
  List<Message> versions() {
    List<Message> versions = new ArrayList<>();
    for (String workspace : WORKSPACES) {
      versions.add(workspace(workspace, "The " + workspace, ZONES.get(workspace), now));
      for (int campaign = 0; campaign < 3; campaign++) {
        versions.add(campaign(workspace, campaign));
      }
    }
    Instant bought = now.minus(Duration.ofDays(40));
    versions.add(grant("rich-co", "all", RICH_GRANT, bought, null));
    versions.add(grant("poor-co", "all", POOR_GRANT, bought, null));
    versions.add(grant("twice-co", "first", FIRST_GRANT, bought, turn()));
    versions.add(grant("twice-co", "second", SECOND_GRANT, turn(), null));
    return versions;
  }

  /** Every event, 5 % of them twice, in no order. */
  List<Message> shuffled() {
    List<Message> all = new ArrayList<>(messages);
    for (int repeat = 0; repeat < messages.size() / 20; repeat++) {
      all.add(messages.get(random.nextInt(messages.size())));
    }
    Collections.shuffle(all, random);
    return all;
  }

  Stream<Usage> usageOf(String workspaceId) {
    return usage.stream().filter(one -> one.workspaceId().equals(workspaceId));
  }

  long count(String workspaceId, Predicate<Usage> which) {
    return usageOf(workspaceId).filter(which).count();
  }

  /** Credits by day of the workspace's zone; days without usage are not there. */
  Map<LocalDate, Long> creditsByDay(String workspaceId) {
    ZoneId zone = ZONES.get(workspaceId);
    return countedBy(workspaceId, one -> one.at().atZone(zone).toLocalDate());
  }

  Map<String, Long> creditsByCampaign(String workspaceId) {
    return countedBy(workspaceId, Usage::campaignId);
  }

  private <K extends Comparable<? super K>> Map<K, Long> countedBy(
      String workspaceId, Function<Usage, K> key) {
    return usageOf(workspaceId)
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  private void addLead(int number) {
    String workspace = WORKSPACES.get(number % WORKSPACES.size());
    addLead("lead-" + number, workspace, random.nextInt(4), anyTime());
  }

  private void addLead(String id, String workspace, int campaign, Instant at) {
    Usage lead = new Usage(workspace, "campaign-" + campaign, id, false, at);
    usage.add(lead);
    String source = SOURCES.get(campaign % SOURCES.size());
    messages.add(event(Topics.LEAD_SOURCED, lead, id, source));
  }

  private void addPhone(int number) {
    Usage lead = usage.get(random.nextInt(LEADS));
    Usage phone = new Usage(lead.workspaceId(), lead.campaignId(), lead.leadId(), true, anyTime());
    usage.add(phone);
    messages.add(event(Topics.PHONE_REVEALED, phone, "phone-" + number, null));
  }

  private void addEmail(int number) {
    Usage lead = usage.get(random.nextInt(LEADS));
    messages.add(event(Topics.EMAIL_SENT, lead, "email-" + number, null));
  }

  private Instant anyTime() {
    return now.minusMillis(1 + random.nextInt(20 * 86_400) * 1_000L);
  }

  private static Message event(String topic, Usage usage, String eventId, String source) {
    String fields =
        "\"campaignId\":\""
            + usage.campaignId()
            + "\",\"leadId\":\""
            + usage.leadId()
            + "\","
            + (source == null ? "" : "\"source\":\"" + source + "\",");
    return message(topic, usage.workspaceId(), eventId, usage.at(), fields);
  }

  private Message campaign(String workspaceId, int number) {
    String id = "campaign-" + number;
    String name = workspaceId.equals("poor-co") ? HOSTILE_NAMES.get(number) : "Campaign " + number;
    String fields =
        "\"campaignId\":\"%s\",\"name\":\"%s\",\"source\":\"%s\",\"status\":\"ACTIVE\","
                .formatted(id, name, SOURCES.get(number))
            + "\"quota\":null,\"startsAt\":null,\"endsAt\":null,";
    Instant at = now.minus(Duration.ofDays(45));
    return message(Topics.CAMPAIGNS, workspaceId, "c-" + workspaceId + number, at, fields);
  }

  /**
   * @param now it is so described since long before
   */
  static Message workspace(String workspaceId, String name, ZoneId zone, Instant now) {
    return message(
        Topics.WORKSPACES,
        workspaceId,
        "w-" + workspaceId,
        now.minus(Duration.ofDays(50)),
        "\"name\":\"%s\",\"timeZone\":\"%s\",".formatted(name, zone));
  }

  static Message lead(
      String workspaceId, String campaignId, String eventId, String leadId, Instant at) {
    String fields =
        "\"campaignId\":\"%s\",\"leadId\":\"%s\",\"source\":\"CRM\",".formatted(campaignId, leadId);
    return message(Topics.LEAD_SOURCED, workspaceId, eventId, at, fields);
  }

  static Message grant(
      String workspaceId, String grantId, long amount, Instant from, Instant until) {
    String expiresAt = until == null ? "null" : "{\"long\":" + until.toEpochMilli() + "}";
    String fields =
        "\"grantId\":\"%s\",\"action\":\"GRANTED\",\"amount\":%d,\"effectiveAt\":%d,"
                .formatted(grantId, amount, from.toEpochMilli())
            + "\"expiresAt\":%s,\"priority\":0,\"reason\":null,".formatted(expiresAt);
    return message(Topics.CREDIT_GRANTS, workspaceId, "g-" + grantId, from, fields);
  }

  static Message message(
      String topic, String workspaceId, String eventId, Instant at, String fields) {
    String record =
        "{\"eventId\":\"%s\",\"workspaceId\":\"%s\",%s\"occurredAt\":%d}"
            .formatted(eventId, workspaceId, fields, at.toEpochMilli());
    return new Message(topic, workspaceId, record);
  }
}
