package io.creditflow.bench.workload;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The events of a mix. Each event is a function of its number, so any event can be generated again.
 *
 * <p>One in twenty is an exact repeat: half of these repeat a recent event (as a producer's retry
 * does), half any earlier event (as a replay does). A quarter are phone reveals. One in fifty
 * arrives up to three days late, the others up to a minute. Every tenth workspace has bought too
 * few credits.
 */
public final class Workload {
  private static final double REPEATS = 0.05;
  private static final double PHONES = 0.25;
  private static final double LATE = 0.02;
  private static final long LATE_MILLIS_MAX = Duration.ofDays(3).toMillis();
  private static final long JITTER_MILLIS = 60_000;
  private static final int RECENT = 10_000;
  private static final long NEVER_REPEATS = 100;
  private static final Duration BOUGHT_BEFORE = Duration.ofDays(12);
  private static final LeadSource[] SOURCES = LeadSource.values();

  private final WorkloadMix mix;
  private final int campaignsEach;

  public Workload(WorkloadMix mix) {
    this.mix = mix;
    this.campaignsEach = Math.max(1, mix.campaigns() / mix.workspaces());
  }

  public WorkloadMix mix() {
    return mix;
  }

  /**
   * Generates the workspaces, their campaigns and grants, which are published before the events.
   */
  public void versions(Consumer<WorkloadRecord> to) {
    for (int workspace = 0; workspace < mix.workspaces(); workspace++) {
      to.accept(workspace(workspace));
      to.accept(grant(workspace));
      for (int campaign = 0; campaign < campaignsEach; campaign++) {
        to.accept(campaign(workspace, campaign));
      }
    }
  }

  /** The event with this number, which may repeat an earlier event. */
  public WorkloadRecord event(long number) {
    long original = originalOf(number);
    return original(original, onTime(original));
  }

  /**
   * An additional event after the load's events, with event time about {@code now}. Each number has
   * another event.
   */
  public WorkloadRecord live(long number, Instant now) {
    long place = mix.events() + number;
    return original(place, now.toEpochMilli());
  }

  /** Whether the event with this number repeats an earlier event. */
  public boolean isRepeat(long number) {
    return number >= NEVER_REPEATS && random(number).nextDouble() < REPEATS;
  }

  private long originalOf(long number) {
    if (!isRepeat(number)) {
      return number;
    }
    SplittableRandom random = random(~number);
    long back = random.nextBoolean() ? Math.min(number, RECENT) : number;
    long chosen = number - 1 - random.nextLong(back);
    while (isRepeat(chosen)) {
      chosen--;
    }
    return chosen;
  }

  private WorkloadRecord original(long number, long onTime) {
    SplittableRandom random = random(number);
    random.nextDouble(); // skips the value that isRepeat uses
    int workspace =
        random.nextDouble() < mix.hotShare() ? 0 : skewed(random.nextDouble(), mix.workspaces());
    int campaign = skewed(random.nextDouble(), campaignsEach);
    boolean phone = random.nextDouble() < PHONES;
    Instant occurredAt = Instant.ofEpochMilli(occurredAt(onTime, random));
    String eventId = uuid(random);
    String leadId = uuid(random);
    String workspaceId = workspaceId(workspace);
    String campaignId = campaignId(workspace, campaign);
    if (phone) {
      return new WorkloadRecord(
          Topics.PHONE_REVEALED,
          workspaceId,
          campaignId,
          occurredAt,
          new PhoneRevealed(eventId, workspaceId, campaignId, leadId, occurredAt));
    }
    return new WorkloadRecord(
        Topics.LEAD_SOURCED,
        workspaceId,
        campaignId,
        occurredAt,
        new LeadSourced(
            eventId, workspaceId, campaignId, leadId, SOURCES[campaign % 3], occurredAt));
  }

  /** The time at which the event with this number is sent, in epoch milliseconds. */
  private long onTime(long number) {
    long begin = mix.begin().toEpochMilli();
    long span = mix.end().toEpochMilli() - begin;
    return begin + (long) (span * (number / (double) mix.events()));
  }

  private static long occurredAt(long onTime, SplittableRandom random) {
    boolean late = random.nextDouble() < LATE;
    return onTime - random.nextLong(late ? LATE_MILLIS_MAX : JITTER_MILLIS);
  }

  private WorkloadRecord workspace(int number) {
    String id = workspaceId(number);
    Instant at = mix.begin().minus(BOUGHT_BEFORE);
    return version(
        Topics.WORKSPACES, id, new WorkspaceChanged("w-" + id, id, "The " + id, "UTC", at));
  }

  private WorkloadRecord grant(int number) {
    String id = workspaceId(number);
    Instant at = mix.begin().minus(BOUGHT_BEFORE);
    CreditGrant grant =
        CreditGrant.newBuilder()
            .setEventId("g-" + id)
            .setWorkspaceId(id)
            .setGrantId("plan")
            .setAction(GrantAction.GRANTED)
            .setAmount(granted(number))
            .setEffectiveAt(at)
            .setExpiresAt(null)
            .setPriority(0)
            .setReason(null)
            .setOccurredAt(at)
            .build();
    return version(Topics.CREDIT_GRANTS, id, grant);
  }

  private WorkloadRecord campaign(int workspace, int number) {
    String id = workspaceId(workspace);
    String campaignId = campaignId(workspace, number);
    CampaignChanged campaign =
        CampaignChanged.newBuilder()
            .setEventId("c-" + campaignId)
            .setWorkspaceId(id)
            .setCampaignId(campaignId)
            .setName("Campaign " + campaignId)
            .setSource(SOURCES[number % 3])
            .setStatus(CampaignStatus.ACTIVE)
            .setQuota(number % 3 == 0 ? 500L : null)
            .setStartsAt(null)
            .setEndsAt(null)
            .setOccurredAt(mix.begin().minus(BOUGHT_BEFORE))
            .build();
    return version(Topics.CAMPAIGNS, id, campaign);
  }

  private WorkloadRecord version(String topic, String workspaceId, SpecificRecord record) {
    return new WorkloadRecord(topic, workspaceId, null, mix.begin().minus(BOUGHT_BEFORE), record);
  }

  /** The credits that a workspace bought. */
  public long granted(int workspace) {
    return workspace % 10 == 9 ? 500 : 1_000_000_000L;
  }

  public String workspaceId(int number) {
    return "workspace-" + (10_000 + number);
  }

  private static String campaignId(int workspace, int number) {
    return "campaign-" + (10_000 + workspace) + "-" + number;
  }

  /** A number below {@code bound}; small numbers are more frequent. */
  private static int skewed(double draw, int bound) {
    return (int) (draw * draw * bound);
  }

  private static String uuid(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(mix.seed() * 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L);
  }
}
