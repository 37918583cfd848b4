package io.creditflow.engine;

import io.creditflow.alert.AlertRules;
import io.creditflow.event.Event;
import io.creditflow.event.EventValidator;
import io.creditflow.event.Rejection;
import io.creditflow.event.SourceRecord;
import io.creditflow.events.CreditAlert;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.query.CreditQueries;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceRejection;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore;
import io.creditflow.usage.Activity;
import io.creditflow.usage.PriceList;
import io.creditflow.view.PartitionView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * The counting engine behind the reference calculator's front, on rows in memory. A recount of past
 * days goes on by one small step at each flush; until it is done trends serve, and name, the old
 * zone.
 */
public final class EngineCalculator implements CreditCalculator {
  private EngineConfig rules;
  private Set<String> published;
  private InMemoryRowStore state = new InMemoryRowStore();
  private final Map<Long, SpecificRecord> delivered = new HashMap<>();
  private final List<ReferenceRejection> flushedRejections = new ArrayList<>();
  private final List<ReferenceRejection> rejections = new ArrayList<>();
  private CreditEngine engine;
  private long offset;

  public EngineCalculator(ReferenceRules rules) {
    this(rules, Set.of());
  }

  /**
   * @param published ids of alerts that were published by others before
   */
  EngineCalculator(ReferenceRules rules, Set<String> published) {
    this.published = published;
    List<PriceList.Price> prices =
        rules.prices().stream()
            .map(
                price ->
                    new PriceList.Price(
                        Activity.valueOf(price.what().name()),
                        price.from().toEpochMilli(),
                        price.credits()))
            .toList();
    this.rules =
        new EngineConfig(
            new EventValidator.Limits(
                rules.ageLimit(),
                rules.futureLimit(),
                ReferenceRules.WAIT,
                EventValidator.Limits.RECORD_BYTES_MAX),
            new PriceList(prices),
            AlertRules.STANDARD,
            // Small enough that recounts of generated histories take several flushes.
            7,
            3);
    engine = open();
  }

  /** What is written so far. */
  RowStore state() {
    return state;
  }

  /** Restarted with other settings: whether alerts are raised, and what others have published. */
  void restart(boolean areRaised, Set<String> publishedMeanwhile) {
    AlertRules alerts = rules.alerts();
    rules =
        new EngineConfig(
            rules.acceptance(),
            rules.prices(),
            new AlertRules(areRaised, alerts.quota(), alerts.lowBalance(), alerts.expiry()),
            rules.recountRowsPerStep(),
            rules.recentQuartersMax());
    published = publishedMeanwhile;
    restart();
  }

  private CreditEngine open() {
    return new CreditEngine(rules, new AtomicFlushCheck(state), key -> 0, published);
  }

  @Override
  public ReferenceOutcome accept(String topic, SpecificRecord event, Instant arrival) {
    String workspaceId = (String) event.get(event.getSchema().getField("workspaceId").pos());
    byte[] key = workspaceId.getBytes(StandardCharsets.UTF_8);
    SourceRecord origin =
        new SourceRecord(topic, 0, offset++, arrival.toEpochMilli(), key, new byte[0], List.of());
    delivered.put(origin.offset(), event);
    if (EventType.ofTopic(topic).orElseThrow().recordClass() != event.getClass()) {
      engine.rejectUndecoded(origin, new Rejection(Rejection.Reason.WRONG_TYPE, "another record"));
      takeRejections();
      return ReferenceOutcome.rejected(ReferenceReason.WRONG_TYPE);
    }
    io.creditflow.engine.RecordOutcome outcome =
        engine.accept(origin, Event.of(event, ContentFingerprint.of(event)));
    takeRejections();
    return switch (outcome) {
      case APPLIED -> ReferenceOutcome.APPLIED;
      case REPEATED -> ReferenceOutcome.REPEAT;
      case WAITING -> ReferenceOutcome.WAITING;
      case REJECTED -> ReferenceOutcome.rejected(last(event));
    };
  }

  private ReferenceReason last(SpecificRecord event) {
    for (int i = rejections.size() - 1; i >= 0; i--) {
      if (rejections.get(i).event() == event) {
        return rejections.get(i).reason();
      }
    }
    throw new AssertionError("rejected without a reason: " + event);
  }

  private void takeRejections() {
    for (io.creditflow.event.RejectedRecord rejected : engine.takeRejected()) {
      rejections.add(
          new ReferenceRejection(
              rejected.origin().topic(),
              delivered.get(rejected.origin().offset()),
              ReferenceReason.valueOf(rejected.rejection().reason().name())));
    }
  }

  @Override
  public void flush() {
    engine.flush();
    flushedRejections.clear();
    flushedRejections.addAll(rejections);
  }

  /**
   * Commits and judges alerts, as the pipeline does.
   *
   * @return the alerts to publish
   */
  public List<CreditAlert> evaluate(Instant now) {
    engine.flushAndEvaluate(now.toEpochMilli());
    flushedRejections.clear();
    flushedRejections.addAll(rejections);
    return engine.takeAlerts();
  }

  /** Whether the pipeline would commit though nothing arrives. */
  boolean isDue(Instant now) {
    return engine.isDue(now.toEpochMilli());
  }

  /** As {@link #evaluate}, and the transaction is aborted: nothing of it has happened. */
  void evaluateAndAbort(Instant now) {
    InMemoryRowStore committed = state.copy();
    engine.flushAndEvaluate(now.toEpochMilli());
    state = committed;
    restart();
  }

  @Override
  public void advance(Instant now) {
    engine.advance(now.toEpochMilli());
    takeRejections();
  }

  @Override
  public void restart() {
    rejections.clear();
    rejections.addAll(flushedRejections);
    engine = open();
  }

  @Override
  public CreditQueries queries(Instant now) {
    return new PartitionView(
        state,
        rules.prices(),
        new PostingSearch()
            .setRetention(
                FlushCheckpoint.read(state).forgottenBefore(),
                FlushCheckpoint.read(state).ageLimit()),
        now.toEpochMilli());
  }

  @Override
  public List<ReferenceRejection> rejections() {
    return rejections;
  }

  /** What became of everything flushed so far. */
  RecordCounters counters() {
    return FlushCheckpoint.read(state).counters();
  }
}
