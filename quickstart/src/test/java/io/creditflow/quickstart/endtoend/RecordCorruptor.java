package io.creditflow.quickstart.endtoend;

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
import io.creditflow.schemas.AvroEventSerializer;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes good records and breaks most of them, in every way there is; seeded. */
final class RecordCorruptor {
  static final List<String> WORKSPACES =
      List.of("acme", "brass-co", "cedar-co", "dune-co", "ember-co", "fjord-co", "gorse-co");

  private static final int GOOD_PERCENT = 20;
  private static final byte[] LONGEST = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1};

  private final Random random;
  private final AvroEventSerializer serializer;
  private final int partitions;
  private final int recursiveId;
  private final int bottomlessId;
  private final Instant now = Instant.now();
  private LeadSourced last;
  private boolean wasHuge;

  /**
   * @param recursiveId schema of a LeadSourced with an optional field that nests in itself
   * @param bottomlessId schema of a LeadSourced with an array of nulls
   */
  RecordCorruptor(
      long seed,
      AvroEventSerializer serializer,
      int partitions,
      int recursiveId,
      int bottomlessId) {
    random = new Random(seed);
    this.serializer = serializer;
    this.partitions = partitions;
    this.recursiveId = recursiveId;
    this.bottomlessId = bottomlessId;
    last = lead("first", id(), anyTime());
  }

  /** One record, as a producer sends it; whether it is good the judge finds out. */
  ProducerRecord<byte[], byte[]> next() {
    SpecificRecord event = event();
    String topic = topicOf(event);
    byte[] key = keyOf(event);
    byte[] value = bytes(event);
    if (random.nextInt(100) < GOOD_PERCENT) {
      if (event instanceof LeadSourced lead) {
        last = lead;
      }
      return new ProducerRecord<>(topic, key, value);
    }
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> new ProducerRecord<>(topic, key, brokenBytes(value));
      case 3 -> sentWrongly(topic, key, value);
      case 4 -> hostileSchema();
      default -> send(wrongContent());
    };
  }

  /** No Avro, and of four letters without any order: two bits each to whoever counts letters. */
  ProducerRecord<byte[], byte[]> large(int length) {
    byte[] letters = new byte[length];
    random.nextBytes(letters);
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('A' + (letters[i] & 3));
    }
    return new ProducerRecord<>(Topics.LEAD_SOURCED, text(workspace()), letters);
  }

  private byte[] brokenBytes(byte[] good) {
    byte[] value = good.clone();
    int spot = random.nextInt(value.length);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 3 -> value = Arrays.copyOf(value, spot);
      case 4 -> value = Arrays.copyOf(value, value.length + 1 + random.nextInt(30));
      case 5 -> value[0] = (byte) (1 + random.nextInt(255));
      case 6 -> withSchema(value, unknownSchema());
      case 7 -> {
        spot = 5 + random.nextInt(value.length - 5);
        value = Arrays.copyOf(value, Math.max(value.length, spot + LONGEST.length));
        System.arraycopy(LONGEST, 0, value, spot, LONGEST.length);
      }
      default -> {
        byte[] noise = new byte[random.nextInt(2_000)];
        random.nextBytes(noise);
        value = noise;
      }
    }
    return value;
  }

  /** Mostly ids that were asked for before: a registry answers each new one over the network. */
  private int unknownSchema() {
    return random.nextInt(20) == 0 ? random.nextInt() : 900_000 + random.nextInt(100);
  }

  private ProducerRecord<byte[], byte[]> sentWrongly(String topic, byte[] key, byte[] value) {
    return switch (random.nextInt(6)) {
      case 0 -> new ProducerRecord<>(topic, null, value);
      case 1 -> new ProducerRecord<>(topic, text("somebody-else"), value);
      case 2 -> new ProducerRecord<>(topic, new byte[] {-1, -2, 0}, value);
      case 3 -> new ProducerRecord<>(topic, key, null);
      case 4 -> new ProducerRecord<>(topic, random.nextInt(partitions), key, value);
      default -> new ProducerRecord<>(otherInput(topic), key, value);
    };
  }

  private String otherInput(String topic) {
    int next = Topics.INPUTS.indexOf(topic) + 1 + random.nextInt(Topics.INPUTS.size() - 1);
    return Topics.INPUTS.get(next % Topics.INPUTS.size());
  }

  /** A schema that the registry knows and whose records have no end. */
  private ProducerRecord<byte[], byte[]> hostileSchema() {
    LeadSourced lead = lead("deep", id(), anyTime());
    byte[] start = bytes(lead);
    byte[] value;
    if (random.nextBoolean()) {
      value = Arrays.copyOf(start, start.length + 100 + random.nextInt(3_000));
      Arrays.fill(value, start.length, value.length, (byte) 2);
      withSchema(value, recursiveId);
    } else {
      value = Arrays.copyOf(start, start.length + LONGEST.length + 1);
      System.arraycopy(LONGEST, 0, value, start.length, LONGEST.length);
      withSchema(value, bottomlessId);
    }
    return new ProducerRecord<>(Topics.LEAD_SOURCED, keyOf(lead), value);
  }

  private SpecificRecord wrongContent() {
    return switch (random.nextInt(13)) {
      case 0 -> lead("", id(), anyTime());
      case 1 -> lead("c", "", anyTime());
      case 2 -> lead(oversized(), id(), anyTime());
      case 3 -> lead("c", id(), Instant.EPOCH);
      case 4 -> lead("c", id(), Instant.ofEpochMilli(Long.MAX_VALUE - random.nextInt(9)));
      case 5 -> lead("c", id(), now.minus(Duration.ofDays(36)));
      case 6 -> lead("c", id(), now.plus(Duration.ofDays(1)));
      case 7 -> grant(List.of(0L, -1L, Long.MIN_VALUE, 1_000_000_000_001L), now, null);
      case 8 -> grant(List.of(5L), now, now);
      case 9 -> new WorkspaceChanged(id(), workspace(), "Nowhere", "Mars/Olympus", now);
      case 10 -> new PhoneRevealed(id(), workspace(), "c", "", now);
      case 11 -> last; // an identical repeat
      default -> conflicting(last);
    };
  }

  private LeadSourced conflicting(LeadSourced first) {
    return new LeadSourced(
        first.getEventId(),
        first.getWorkspaceId(),
        first.getCampaignId(),
        "another",
        first.getSource(),
        first.getOccurredAt());
  }

  /** The first and now and then another nearly two mebibytes, which the topic lets through. */
  private String oversized() {
    boolean isHuge = !wasHuge || random.nextInt(500) == 0;
    wasHuge = true;
    int length = isHuge ? (2 << 20) - 300 : 257 + random.nextInt(2_000);
    byte[] letters = new byte[length];
    random.nextBytes(letters);
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('a' + (letters[i] & 15));
    }
    return new String(letters, StandardCharsets.US_ASCII);
  }

  private SpecificRecord event() {
    Instant at = anyTime();
    String campaign = "campaign-" + random.nextInt(5);
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> lead(campaign, id(), at);
      case 4, 5, 6 -> new PhoneRevealed(id(), workspace(), campaign, id(), at);
      case 7 -> new EmailSent(id(), workspace(), campaign, id(), at);
      case 8 -> new UsageReversed(id(), workspace(), "never-" + id(), null, at);
      case 9 -> grant(List.of(1L + random.nextInt(1_000)), at, at.plus(Duration.ofDays(90)));
      case 10 -> new WorkspaceChanged(id(), workspace(), "A Größe", "Europe/Paris", at);
      default ->
          new CampaignChanged(
              id(),
              workspace(),
              campaign,
              "Frühling",
              LeadSource.CRM,
              CampaignStatus.ACTIVE,
              100L,
              at,
              null,
              at);
    };
  }

  private LeadSourced lead(String campaign, String eventId, Instant at) {
    return new LeadSourced(eventId, workspace(), campaign, id(), LeadSource.CSV, at);
  }

  private CreditGrant grant(List<Long> amounts, Instant from, Instant until) {
    return new CreditGrant(
        id(),
        workspace(),
        id(),
        GrantAction.GRANTED,
        amounts.get(random.nextInt(amounts.size())),
        from,
        until,
        0,
        null,
        from);
  }

  private ProducerRecord<byte[], byte[]> send(SpecificRecord event) {
    return new ProducerRecord<>(topicOf(event), keyOf(event), bytes(event));
  }

  private byte[] bytes(SpecificRecord event) {
    return serializer.serialize(topicOf(event), event);
  }

  private static String topicOf(SpecificRecord event) {
    return EventType.of(event).topic();
  }

  private static byte[] keyOf(SpecificRecord event) {
    return text((String) event.get(event.getSchema().getField("workspaceId").pos()));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void withSchema(byte[] value, int id) {
    ByteBuffer.wrap(value).putInt(1, id);
  }

  private String workspace() {
    return WORKSPACES.get(random.nextInt(WORKSPACES.size()));
  }

  /** Far from every other id: a flipped bit does not make one of another. */
  private String id() {
    return Long.toHexString(random.nextLong());
  }

  private Instant anyTime() {
    return now.minusMillis(1 + random.nextInt(30 * 86_400) * 1_000L);
  }
}
