package io.creditflow.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.creditflow.histories.ResponseNormalizer;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryRow;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A target for Jazzer (bin/fuzz): events whose fields stand at their bounds and beyond go through
 * the whole topology. Each is counted or rejected for the reason that the reference calculator
 * gives, and the answers are the reference calculator's.
 *
 * <p>An input is a list of events of a workspace of its own: a byte for the topic, then a byte for
 * each field, which picks a value near a bound or, from 0x80 on, a plain one.
 */
public final class CreditTopologyFuzz {
  private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");
  private static final Instant ASKED = NOW.plusSeconds(60);
  private static final int EVENTS_MAX = 40;

  private static final String CARD = "\uD83D\uDCB3";
  private static final List<String> IDS =
      List.of(
          "",
          "x".repeat(256),
          "x".repeat(257),
          CARD.repeat(256),
          CARD.repeat(257),
          "\0".repeat(256),
          "\uFFFF".repeat(256),
          ".",
          "..",
          "a/b",
          "Zu\u0308rich",
          " ",
          "\u202E",
          "\n");
  private static final List<String> TEXTS =
      List.of("", "y".repeat(4_000), "y".repeat(4_001), CARD.repeat(4_000), CARD.repeat(4_001));
  private static final List<String> ZONES =
      List.of("Europe/Paris", "America/Coyhaique", "EST", "ROC", "SystemV/EST5", "+01:00", "", "z");
  private static final List<Long> NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          1_000_000_000_000L,
          1_000_000_000_001L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          1L << 32);
  private static final long DAY_MILLIS = 86_400_000;
  private static final List<Long> MILLIS_FROM_NOW =
      List.of(
          0L,
          -1L,
          1L,
          300_000L,
          300_001L,
          -35 * DAY_MILLIS,
          -35 * DAY_MILLIS - 1,
          800 * DAY_MILLIS,
          -800 * DAY_MILLIS,
          36_500 * DAY_MILLIS,
          -36_500 * DAY_MILLIS);

  private static TopologyFixture topology;
  private static int inputs;

  private CreditTopologyFuzz() {}

  /** Called by Jazzer and by the replay of the corpus. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (topology == null) {
      topology = new TopologyFixture(directory(), 1, NOW);
    }
    new Run(ByteBuffer.wrap(input), "w" + inputs++).check();
  }

  /** The events of one input, and what must come of them. */
  private static final class Run {
    private final ByteBuffer input;
    private final String workspaceId;
    private final ReferenceCalculator reference = new ReferenceCalculator(ReferenceRules.DEFAULT);

    Run(ByteBuffer input, String workspaceId) {
      this.input = input;
      this.workspaceId = workspaceId;
    }

    void check() {
      for (int count = 0; input.hasRemaining() && count < EVENTS_MAX; count++) {
        int which = next() % Topics.INPUTS.size();
        send(event(which));
      }
      topology.brokersSay(ASKED);
      same("rejected by a timer", List.of(), topology.rejected());
      CreditQueries product = topology.view();
      CreditQueries expected = reference.queries(ASKED);
      same("credits", credits(expected), credits(product));
      same("campaigns", campaigns(expected), campaigns(product));
      same("history", history(expected), history(product));
    }

    private void send(SpecificRecord event) {
      String topic = EventType.of(event).topic();
      int before = reference.rejections().size();
      reference.accept(topic, event, NOW);
      topology.send(topic, workspaceId.getBytes(UTF_8), topology.bytes(event));
      // A reversal that waits is rejected with the event that it turns out to mean.
      List<ReferenceRejection> all = reference.rejections();
      List<String> expected =
          all.subList(before, all.size()).stream().map(one -> one.reason().name()).toList();
      List<TestRecord<byte[], byte[]>> rejected = topology.rejected();
      same(
          "reasons with " + event + rejected.stream().map(one -> header(one, "detail")).toList(),
          expected.stream().sorted().toList(),
          rejected.stream().map(one -> header(one, "reason")).sorted().toList());
    }

    private CreditsResponse credits(CreditQueries asked) {
      return asked.credits(workspaceId, null).map(ResponseNormalizer::of).orElse(null);
    }

    /** By id: where those without a name stand is open. */
    private List<CampaignItem> campaigns(CreditQueries asked) {
      CampaignsQuery all =
          new CampaignsQuery(Set.of(), "", null, CampaignsQuery.Sort.NAME, false, 500, null);
      return asked.campaigns(workspaceId, all).stream()
          .flatMap(page -> page.items().stream())
          .map(ResponseNormalizer::of)
          .sorted(Comparator.comparing(CampaignItem::campaignId))
          .toList();
    }

    private List<HistoryRow> history(CreditQueries asked) {
      HistoryQuery all = new HistoryQuery(null, null, null, Set.of(), null, 500, null);
      return asked
          .history(workspaceId, all)
          .map(answer -> ResponseNormalizer.rows(answer.items()))
          .orElse(List.of());
    }

    private SpecificRecord event(int which) {
      String eventId = id();
      return switch (which) {
        case 0 -> new LeadSourced(eventId, workspaceId, id(), id(), source(), instant());
        case 1 -> new PhoneRevealed(eventId, workspaceId, id(), id(), instant());
        case 2 -> new EmailSent(eventId, workspaceId, id(), id(), instant());
        case 3 -> new UsageReversed(eventId, workspaceId, id(), optional(text()), instant());
        case 4 ->
            new CreditGrant(
                eventId,
                workspaceId,
                id(),
                next() % 4 == 0 ? GrantAction.VOIDED : GrantAction.GRANTED,
                number(),
                instant(),
                optional(instant()),
                (int) number(),
                optional(text()),
                instant());
        case 5 ->
            new CampaignChanged(
                eventId,
                workspaceId,
                id(),
                text(),
                source(),
                CampaignStatus.values()[next() % CampaignStatus.values().length],
                optional(number()),
                optional(instant()),
                optional(instant()),
                instant());
        default -> new WorkspaceChanged(eventId, workspaceId, text(), zone(), instant());
      };
    }

    private <T> T optional(T value) {
      return next() % 3 == 0 ? null : value;
    }

    private String id() {
      int which = next();
      return which < 0x80 ? IDS.get(which % IDS.size()) : "id" + which % 8;
    }

    private String text() {
      int which = next();
      return which < 0x80 ? TEXTS.get(which % TEXTS.size()) : "Text " + which;
    }

    private String zone() {
      return ZONES.get(next() % ZONES.size());
    }

    private LeadSource source() {
      return LeadSource.values()[next() % LeadSource.values().length];
    }

    private long number() {
      int which = next();
      return which < 0x80 ? NUMBERS.get(which % NUMBERS.size()) : which;
    }

    private Instant instant() {
      int which = next();
      return which < 0x80
          ? NOW.plusMillis(MILLIS_FROM_NOW.get(which % MILLIS_FROM_NOW.size()))
          : NOW.minusSeconds(3_600L * (which - 0x80));
    }

    private int next() {
      return input.hasRemaining() ? input.get() & 0xff : 0;
    }

    private static String header(TestRecord<byte[], byte[]> rejected, String name) {
      return new String(rejected.headers().lastHeader(name).value(), UTF_8);
    }

    private static void same(String what, Object expected, Object actual) {
      if (!Objects.equals(expected, actual)) {
        throw new IllegalStateException(what + ":\nexpected " + expected + "\n but was " + actual);
      }
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("creditflow-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
