package io.creditflow.histories;

import io.creditflow.answer.CreditQueries;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.PreviewAnswer;
import io.creditflow.answer.PreviewQuery;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.histories.HistoryRun.Judged;
import io.creditflow.histories.Step.Deliver;
import io.creditflow.reference.CountedBooks;
import io.creditflow.reference.Door;
import io.creditflow.reference.Reason;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.Verdict;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What holds whatever the history: each property is tried on some of them. */
final class Properties {
  private Properties() {}

  static void hold(History history, HistoryRun run, CountedBooks.Maker product) {
    switch ((int) Math.floorMod(history.seed(), 6L)) {
      case 0 -> orderDoesNotMatter(history, product);
      case 1 -> repetitionDoesNotMatter(history, run);
      case 2 -> reversingEverythingRestoresTheGrants(history, run);
      default -> {}
    }
    run.flush();
    for (String workspaceId : history.workspaceIds()) {
      if (run.product().queries(run.clock()).workspace(workspaceId).isPresent()) {
        whatAPreviewSaysComesTrue(history, run, workspaceId);
      }
    }
  }

  /** When the events that it asked about arrive. */
  private static void whatAPreviewSaysComesTrue(
      History history, HistoryRun run, String workspaceId) {
    Instant now = run.clock();
    Dice dice = new Dice(history.seed());
    String campaignId = dice.pick(history.campaignIds());
    PreviewQuery query = new PreviewQuery(dice.between(0, 9), dice.between(0, 9), campaignId);
    CreditQueries before = run.product().queries(now);
    PreviewAnswer preview = before.preview(workspaceId, query).orElseThrow();
    CreditsAnswer creditsBefore = before.credits(workspaceId, null).orElseThrow();
    for (int i = 0; i < query.leads(); i++) {
      String id = "previewed-lead-" + i;
      LeadSource source = LeadSource.PLATFORM;
      LeadSourced lead = new LeadSourced(id, workspaceId, campaignId, id, source, now);
      applied(run, Topics.LEAD_SOURCED, lead);
    }
    for (int i = 0; i < query.phones(); i++) {
      String id = "previewed-phone-" + i;
      applied(run, Topics.PHONE_REVEALED, new PhoneRevealed(id, workspaceId, campaignId, id, now));
    }
    run.flush();
    CreditQueries after = run.product().queries(now);
    CreditsAnswer credits = after.credits(workspaceId, null).orElseThrow();
    Map<String, Long> draws = new TreeMap<>();
    for (GrantItem grant : creditsBefore.grants()) {
      draws.put(grant.grantId(), grant.remaining());
    }
    for (GrantItem grant : credits.grants()) {
      draws.merge(grant.grantId(), -grant.remaining(), Long::sum);
    }
    draws.values().removeIf(drawn -> drawn == 0);
    Map<String, Long> previewed = new TreeMap<>();
    preview.draws().forEach(draw -> previewed.put(draw.grantId(), draw.credits()));
    Difference.unlessEqual(() -> query + " at " + now + " draws", draws, previewed);
    Difference.unlessEqual(
        () -> query + " at " + now + ": covered, overage, remaining after",
        List.of(
            draws.values().stream().mapToLong(Long::longValue).sum(),
            credits.overage() - creditsBefore.overage(),
            credits.remaining()),
        List.of(preview.covered(), preview.overage(), preview.remainingAfter()));
    if (preview.quota() != null) {
      Difference.unlessEqual(
          () -> query + " at " + now + ": used of the quota",
          after.campaign(workspaceId, campaignId).orElseThrow().item().creditsUsed(),
          preview.quota().usedAfter());
    }
  }

  private static void applied(HistoryRun run, String topic, SpecificRecord event) {
    Verdict verdict = run.product().accept(topic, event, run.clock());
    Difference.unlessEqual(() -> "verdict on " + event, Verdict.APPLIED, verdict);
  }

  /**
   * Everything applied, in another order and each with its own arrival, gives the same answers.
   * Records that are rejected are left out: of two that exclude each other the first stands.
   */
  private static void orderDoesNotMatter(History history, CountedBooks.Maker maker) {
    Instant end = lastArrival(history);
    ReferenceCalculator inOrder = new ReferenceCalculator(history.rules());
    List<Deliver> accepted = new ArrayList<>();
    for (Deliver one : history.deliveries()) {
      Verdict verdict = inOrder.accept(one.topic(), one.event(), one.arrival());
      if (verdict.equals(Verdict.APPLIED) || verdict.equals(Verdict.WAITING)) {
        accepted.add(one);
      }
    }
    if (inOrder.rejections().stream().anyMatch(one -> one.event() instanceof UsageReversed)) {
      return;
    }
    CountedBooks shuffled = maker.open(history.rules());
    Dice dice = new Dice(history.seed());
    for (Deliver one : dice.shuffled(accepted)) {
      Verdict verdict = shuffled.accept(one.topic(), one.event(), one.arrival());
      Difference.unless(
          verdict.equals(Verdict.APPLIED) || verdict.equals(Verdict.WAITING),
          () -> "in another order " + Script.line(one) + " is " + verdict);
    }
    shuffled.flush();
    new Comparison(shuffled.queries(end), inOrder.referee(end), history, end, dice.seed())
        .all(false);
  }

  private static Instant lastArrival(History history) {
    return history.deliveries().stream()
        .map(Deliver::arrival)
        .max(Instant::compareTo)
        .orElse(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Whatever stands may come again: it is a repeat, or too old by now, and changes nothing. */
  private static void repetitionDoesNotMatter(History history, HistoryRun run) {
    Instant now = run.clock();
    Memory memory = new Memory(history.rules());
    history.deliveries().forEach(one -> memory.note(one.event(), one.arrival()));
    for (Judged one : run.judged()) {
      SpecificRecord event = one.deliver().event();
      if (one.verdict().equals(Verdict.APPLIED) && memory.settles(event, now)) {
        Verdict again = run.product().accept(one.deliver().topic(), event, now);
        Difference.unless(
            again.equals(Verdict.REPEAT) || again.equals(Verdict.rejected(Reason.TOO_OLD)),
            () -> "again " + Script.line(one.deliver()) + " is " + again);
      }
    }
    run.flush();
    new Comparison(
            run.product().queries(now), run.referee().referee(now), history, now, history.seed())
        .all(false);
  }

  /** With all usage taken back each grant is as if there had never been any. */
  private static void reversingEverythingRestoresTheGrants(History history, HistoryRun run) {
    Instant now = run.clock();
    Memory memory = new Memory(history.rules());
    history.deliveries().forEach(one -> memory.note(one.event(), one.arrival()));
    ReferenceCalculator onlyGrants = new ReferenceCalculator(history.rules());
    int number = 0;
    for (Judged one : run.judged()) {
      Deliver deliver = one.deliver();
      SpecificRecord event = deliver.event();
      if (!one.verdict().equals(Verdict.APPLIED)) {
        continue;
      }
      if (!Door.isUsage(event)) {
        onlyGrants.accept(deliver.topic(), event, deliver.arrival());
        continue;
      }
      UsageReversed reversal =
          new UsageReversed(
              "reverse-" + number++, Door.workspaceId(event), Door.eventId(event), null, now);
      if (!memory.settles(reversal, now)) {
        return;
      }
      Verdict verdict = run.product().accept(Topics.USAGE_REVERSED, reversal, now);
      Difference.unlessEqual(() -> "reversal of " + Script.line(deliver), Verdict.APPLIED, verdict);
    }
    run.flush();
    CreditQueries product = run.product().queries(now);
    CreditQueries expected = onlyGrants.queries(now);
    for (String workspaceId : history.workspaceIds()) {
      Difference.unlessEqual(
          () -> "grants of " + workspaceId + " when everything is taken back",
          grants(expected, workspaceId),
          grants(product, workspaceId));
    }
  }

  private static List<GrantItem> grants(CreditQueries queries, String workspaceId) {
    return queries
        .credits(workspaceId, null)
        .map(Plain::of)
        .map(CreditsAnswer::grants)
        .orElse(List.of());
  }
}
