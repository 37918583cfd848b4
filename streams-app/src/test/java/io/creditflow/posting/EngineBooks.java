package io.creditflow.posting;

import io.creditflow.alert.Alert;
import io.creditflow.alert.AlertRules;
import io.creditflow.answer.CreditQueries;
import io.creditflow.event.AcceptanceRules;
import io.creditflow.event.Event;
import io.creditflow.event.Origin;
import io.creditflow.event.Rejection;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Reason;
import io.creditflow.reference.Rejected;
import io.creditflow.reference.Rules;
import io.creditflow.reference.Verdict;
import io.creditflow.schemas.ContentFingerprint;
import io.creditflow.schemas.EventType;
import io.creditflow.state.MemoryState;
import io.creditflow.state.State;
import io.creditflow.usage.Activity;
import io.creditflow.usage.PriceList;
import io.creditflow.view.BooksView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * The counting engine behind the referee's front, on rows in memory. A recount of past days goes on
 * by one small step at each flush; until it is done trends serve, and name, the old zone.
 */
public final class EngineBooks implements CountedBooks {
  private CountingRules rules;
  private Set<String> published;
  private MemoryState state = new MemoryState();
  private final Map<Long, SpecificRecord> delivered = new HashMap<>();
  private final List<Rejected> flushedRejections = new ArrayList<>();
  private final List<Rejected> rejections = new ArrayList<>();
  private PostingEngine engine;
  private long offset;

  public EngineBooks(Rules rules) {
    this(rules, Set.of());
  }

  /**
   * @param published ids of alerts that were published by others before
   */
  EngineBooks(Rules rules, Set<String> published) {
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
        new CountingRules(
            new AcceptanceRules(
                rules.ageLimit(),
                rules.futureLimit(),
                Rules.WAIT,
                AcceptanceRules.RECORD_BYTES_MAX),
            new PriceList(prices),
            AlertRules.STANDARD,
            // Small enough that recounts of generated histories take several flushes.
            7,
            3);
    engine = open();
  }

  /** What is written so far. */
  State state() {
    return state;
  }

  /** Restarted with other settings: whether alerts are raised, and what others have published. */
  void restart(boolean areRaised, Set<String> publishedMeanwhile) {
    AlertRules alerts = rules.alerts();
    rules =
        new CountingRules(
            rules.acceptance(),
            rules.prices(),
            new AlertRules(areRaised, alerts.quota(), alerts.lowBalance(), alerts.expiry()),
            rules.recountRowsPerStep(),
            rules.recentQuartersMax());
    published = publishedMeanwhile;
    restart();
  }

  private PostingEngine open() {
    return new PostingEngine(rules, new WholeFlushes(state), key -> 0, published);
  }

  @Override
  public Verdict accept(String topic, SpecificRecord event, Instant arrival) {
    String workspaceId = (String) event.get(event.getSchema().getField("workspaceId").pos());
    byte[] key = workspaceId.getBytes(StandardCharsets.UTF_8);
    Origin origin =
        new Origin(topic, 0, offset++, arrival.toEpochMilli(), key, new byte[0], List.of());
    delivered.put(origin.offset(), event);
    if (EventType.ofTopic(topic).orElseThrow().recordClass() != event.getClass()) {
      engine.refuse(origin, new Rejection(Rejection.Reason.WRONG_TYPE, "another record"));
      takeRejections();
      return Verdict.rejected(Reason.WRONG_TYPE);
    }
    io.creditflow.posting.Verdict verdict =
        engine.accept(origin, Event.of(event, ContentFingerprint.of(event)));
    takeRejections();
    return switch (verdict) {
      case APPLIED -> Verdict.APPLIED;
      case REPEATED -> Verdict.REPEAT;
      case WAITING -> Verdict.WAITING;
      case REJECTED -> Verdict.rejected(last(event));
    };
  }

  private Reason last(SpecificRecord event) {
    for (int i = rejections.size() - 1; i >= 0; i--) {
      if (rejections.get(i).event() == event) {
        return rejections.get(i).reason();
      }
    }
    throw new AssertionError("rejected without a reason: " + event);
  }

  private void takeRejections() {
    for (io.creditflow.event.Rejected rejected : engine.takeRejected()) {
      rejections.add(
          new Rejected(
              rejected.origin().topic(),
              delivered.get(rejected.origin().offset()),
              Reason.valueOf(rejected.rejection().reason().name())));
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
  public List<Alert> judge(Instant now) {
    engine.flushAndJudge(now.toEpochMilli());
    flushedRejections.clear();
    flushedRejections.addAll(rejections);
    return engine.takeAlerts();
  }

  /** Whether the pipeline would commit though nothing arrives. */
  boolean isDue(Instant now) {
    return engine.isDue(now.toEpochMilli());
  }

  /** As {@link #judge}, and the transaction is aborted: nothing of it has happened. */
  void judgeAndAbort(Instant now) {
    MemoryState committed = state.copy();
    engine.flushAndJudge(now.toEpochMilli());
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
    return new BooksView(
        state,
        rules.prices(),
        new PostingSearch().since(FlushMark.read(state).forgottenTo()),
        now.toEpochMilli());
  }

  @Override
  public List<Rejected> rejections() {
    return rejections;
  }

  /** What became of everything flushed so far. */
  Counters counters() {
    return FlushMark.read(state).counters();
  }
}
