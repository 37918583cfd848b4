package io.creditflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.event.Event;
import io.creditflow.event.RejectedRecord;
import io.creditflow.event.Rejection.Reason;
import io.creditflow.event.SourceRecord;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.UsageReversed;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.query.HistoryQuery;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Whatever is accepted can be written and read, texts at their bounds included. */
class RecordLimitsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String WORKSPACE = id("w");
  private static final byte[] KEY = WORKSPACE.getBytes(StandardCharsets.UTF_8);
  private static final String TEXT = "\u6F22".repeat(4_000);

  private final InMemoryRowStore state = new InMemoryRowStore();
  private CreditEngine engine = open();
  private long offset;

  @Test
  void noRowOfTheLargestFlushOutgrowsAMebibyte() {
    for (int i = 0; i < 600; i++) {
      accept(EventType.LEAD_SOURCED, lead(i));
      accept(EventType.USAGE_REVERSED, reversal(i, NOW.minusSeconds(1)));
      accept(EventType.CAMPAIGN_CHANGED, campaign(i));
    }
    for (int i = 0; i < 10_000; i++) {
      accept(EventType.CREDIT_GRANT, grant(i));
    }
    engine.flushAndEvaluate(NOW.toEpochMilli());

    assertThat(engine.takeRejected()).isEmpty();
    assertThat(largestRow()).isLessThan(1 << 20);
    engine = open();
    assertThat(accept(EventType.LEAD_SOURCED, lead(599))).isEqualTo(RecordOutcome.REPEATED);
    PartitionView view =
        new PartitionView(state, PriceList.STANDARD, new PostingSearch(), NOW.toEpochMilli());
    assertThat(view.credits(WORKSPACE, null).orElseThrow().grants()).hasSize(10_000);
    assertThat(
            view.history(WORKSPACE, new HistoryQuery(null, null, null, Set.of(), null, 500, null))
                .orElseThrow()
                .items())
        .hasSize(500);
  }

  @Test
  void reversalsThatWaitedInVainAreGivenUpAFewAtATimeAndAllInTheEnd() {
    for (int i = 0; i < 500; i++) {
      accept(EventType.USAGE_REVERSED, reversal(i, NOW));
    }
    engine.flush();
    engine = open();
    long late = NOW.plus(Duration.ofDays(36)).toEpochMilli();
    engine.advance(late);
    int first = engine.takeRejected().size();
    assertThat(first).isBetween(1, 499);
    int all = first;
    for (int more = first; more > 0; all += more) {
      engine.flush();
      engine.advance(late);
      List<RejectedRecord> rejected = engine.takeRejected();
      assertThat(rejected).allMatch(one -> one.rejection().reason() == Reason.UNMATCHED);
      more = rejected.size();
    }
    assertThat(all).isEqualTo(500);
    assertThat(engine.counters().waiting()).isZero();
  }

  @Test
  void aReversalThatWaitedIsAppliedFromItsRowAndComesBackWithItsBytesAndHeaders() {
    byte[] value = {1, 2, 3};
    SourceRecord origin =
        new SourceRecord(
            "usage-reversed",
            0,
            7,
            NOW.toEpochMilli(),
            KEY,
            value,
            List.of(
                new SourceRecord.Header("trace", new byte[] {9}),
                new SourceRecord.Header("none", null)));
    UsageReversed reversal = reversal(1, NOW);
    engine.accept(origin, Event.of(reversal, ContentFingerprint.of(reversal)));
    engine.flush();
    engine = open();
    engine.advance(NOW.plus(Duration.ofDays(36)).toEpochMilli());
    SourceRecord back = engine.takeRejected().get(0).origin();
    assertThat(back).usingRecursiveComparison().isEqualTo(origin);
  }

  private int largestRow() {
    int largest = 0;
    try (RowStore.RowIterator rows = state.ascend(new byte[0], new byte[] {127})) {
      while (rows.hasNext()) {
        RowStore.Row row = rows.next();
        largest = Math.max(largest, row.key().length + row.value().length);
      }
    }
    return largest;
  }

  private CreditEngine open() {
    return new CreditEngine(EngineConfig.STANDARD, state, key -> 0, Set.of());
  }

  private RecordOutcome accept(EventType type, SpecificRecord record) {
    SourceRecord origin =
        new SourceRecord(
            type.topic(), 0, offset++, NOW.toEpochMilli(), KEY, new byte[20_000], List.of());
    return engine.accept(origin, Event.of(record, ContentFingerprint.of(record)));
  }

  /** The longest there is, four bytes a character. */
  private static String id(String number) {
    return number + "\uD83D\uDE00".repeat(256 - number.length());
  }

  private static LeadSourced lead(int i) {
    return new LeadSourced(
        id("e" + i), WORKSPACE, id("c" + i), id("l" + i), LeadSource.CSV, NOW.minusSeconds(2));
  }

  private static UsageReversed reversal(int i, Instant at) {
    return new UsageReversed(id("r" + i), WORKSPACE, id("e" + i), TEXT, at);
  }

  private static CampaignChanged campaign(int i) {
    return new CampaignChanged(
        id("p" + i),
        WORKSPACE,
        id("c" + i),
        TEXT,
        LeadSource.CSV,
        CampaignStatus.ACTIVE,
        0L,
        null,
        null,
        NOW);
  }

  private static CreditGrant grant(int i) {
    return new CreditGrant(
        id("t" + i),
        WORKSPACE,
        id("g" + i),
        GrantAction.GRANTED,
        1_000_000_000_000L,
        NOW.minusSeconds(1_000_000 + i),
        NOW.plusSeconds(1_000_000 + i),
        Integer.MIN_VALUE,
        TEXT,
        NOW);
  }
}
