package io.creditflow.histories;

import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.histories.HistoryRun.EvaluatedRecord;
import io.creditflow.histories.HistoryStep.Deliver;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.reference.CreditCalculator;
import io.creditflow.reference.ReferenceCalculator;
import io.creditflow.reference.ReferenceOutcome;
import io.creditflow.reference.ReferenceReason;
import io.creditflow.reference.ReferenceValidation;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** Properties that every history has. Each is checked for a part of the seeds. */
final class HistoryProperties {
  private HistoryProperties() {}

  static void hold(GeneratedHistory history, HistoryRun run, CreditCalculator.Factory product) {
    switch ((int) Math.floorMod(history.seed(), 6L)) {
      case 0 -> orderDoesNotMatter(history, product);
      case 1 -> repetitionDoesNotMatter(history, run);
      case 2 -> reversingEverythingRestoresTheGrants(history, run);
      default -> {}
    }
    run.flush();
    for (String workspaceId : history.workspaceIds()) {
      if (run.product().queries(run.clock()).workspace(workspaceId).isPresent()) {
        previewMatchesTheOutcome(history, run, workspaceId);
      }
    }
  }

  /** A preview predicts the effect of the events that it describes. */
  private static void previewMatchesTheOutcome(
      GeneratedHistory history, HistoryRun run, String workspaceId) {
    Instant now = run.clock();
    SeededRandom dice = new SeededRandom(history.seed());
    String campaignId = dice.pick(history.campaignIds());
    PreviewQuery query = new PreviewQuery(dice.between(0, 9), dice.between(0, 9), campaignId);
    CreditQueries before = run.product().queries(now);
    PreviewResponse preview = before.preview(workspaceId, query).orElseThrow();
    CreditsResponse creditsBefore = before.credits(workspaceId, null).orElseThrow();
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
    CreditsResponse credits = after.credits(workspaceId, null).orElseThrow();
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
    MismatchError.unlessEqual(() -> query + " at " + now + " draws", draws, previewed);
    MismatchError.unlessEqual(
        () -> query + " at " + now + ": covered, overage, remaining after",
        List.of(
            draws.values().stream().mapToLong(Long::longValue).sum(),
            credits.overage() - creditsBefore.overage(),
            credits.remaining()),
        List.of(preview.covered(), preview.overage(), preview.remainingAfter()));
    if (preview.quota() != null) {
      MismatchError.unlessEqual(
          () -> query + " at " + now + ": used of the quota",
          after.campaign(workspaceId, campaignId).orElseThrow().item().creditsUsed(),
          preview.quota().usedAfter());
    }
  }

  private static void applied(HistoryRun run, String topic, SpecificRecord event) {
    ReferenceOutcome outcome = run.product().accept(topic, event, run.clock());
    MismatchError.unlessEqual(() -> "outcome on " + event, ReferenceOutcome.APPLIED, outcome);
  }

  /**
   * The accepted records in another order, with their original arrival times, give the same
   * responses. Rejected records are left out, because of two conflicting records the first is
   * accepted.
   */
  private static void orderDoesNotMatter(GeneratedHistory history, CreditCalculator.Factory maker) {
    Instant end = lastArrival(history);
    ReferenceCalculator inOrder = new ReferenceCalculator(history.rules());
    List<Deliver> accepted = new ArrayList<>();
    for (Deliver one : history.deliveries()) {
      ReferenceOutcome outcome = inOrder.accept(one.topic(), one.event(), one.arrival());
      if (outcome.equals(ReferenceOutcome.APPLIED) || outcome.equals(ReferenceOutcome.WAITING)) {
        accepted.add(one);
      }
    }
    if (inOrder.rejections().stream().anyMatch(one -> one.event() instanceof UsageReversed)) {
      return;
    }
    CreditCalculator shuffled = maker.open(history.rules());
    SeededRandom dice = new SeededRandom(history.seed());
    for (Deliver one : dice.shuffled(accepted)) {
      ReferenceOutcome outcome = shuffled.accept(one.topic(), one.event(), one.arrival());
      MismatchError.unless(
          outcome.equals(ReferenceOutcome.APPLIED) || outcome.equals(ReferenceOutcome.WAITING),
          () -> "in another order " + HistoryFormatter.line(one) + " is " + outcome);
    }
    shuffled.flush();
    new QueryComparison(shuffled.queries(end), inOrder.reference(end), history, end, dice.seed())
        .all(false);
  }

  private static Instant lastArrival(GeneratedHistory history) {
    return history.deliveries().stream()
        .map(Deliver::arrival)
        .max(Instant::compareTo)
        .orElse(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** An applied event that arrives again is a repeat or too old, and changes nothing. */
  private static void repetitionDoesNotMatter(GeneratedHistory history, HistoryRun run) {
    Instant now = run.clock();
    RememberedIds memory = new RememberedIds(history.rules());
    history.deliveries().forEach(one -> memory.note(one.event(), one.arrival()));
    for (EvaluatedRecord one : run.evaluated()) {
      SpecificRecord event = one.deliver().event();
      if (one.outcome().equals(ReferenceOutcome.APPLIED) && memory.settles(event, now)) {
        ReferenceOutcome again = run.product().accept(one.deliver().topic(), event, now);
        MismatchError.unless(
            again.equals(ReferenceOutcome.REPEAT)
                || again.equals(ReferenceOutcome.rejected(ReferenceReason.TOO_OLD)),
            () -> "again " + HistoryFormatter.line(one.deliver()) + " is " + again);
      }
    }
    run.flush();
    new QueryComparison(
            run.product().queries(now),
            run.reference().reference(now),
            history,
            now,
            history.seed())
        .all(false);
  }

  /** After all usage is reversed, each grant is as if there had been no usage. */
  private static void reversingEverythingRestoresTheGrants(
      GeneratedHistory history, HistoryRun run) {
    Instant now = run.clock();
    RememberedIds memory = new RememberedIds(history.rules());
    history.deliveries().forEach(one -> memory.note(one.event(), one.arrival()));
    ReferenceCalculator onlyGrants = new ReferenceCalculator(history.rules());
    int number = 0;
    for (EvaluatedRecord one : run.evaluated()) {
      Deliver deliver = one.deliver();
      SpecificRecord event = deliver.event();
      if (!one.outcome().equals(ReferenceOutcome.APPLIED)) {
        continue;
      }
      if (!ReferenceValidation.isUsage(event)) {
        onlyGrants.accept(deliver.topic(), event, deliver.arrival());
        continue;
      }
      UsageReversed reversal =
          new UsageReversed(
              "reverse-" + number++,
              ReferenceValidation.workspaceId(event),
              ReferenceValidation.eventId(event),
              null,
              now);
      if (!memory.settles(reversal, now)) {
        return;
      }
      ReferenceOutcome outcome = run.product().accept(Topics.USAGE_REVERSED, reversal, now);
      MismatchError.unlessEqual(
          () -> "reversal of " + HistoryFormatter.line(deliver), ReferenceOutcome.APPLIED, outcome);
    }
    run.flush();
    CreditQueries product = run.product().queries(now);
    CreditQueries expected = onlyGrants.queries(now);
    for (String workspaceId : history.workspaceIds()) {
      MismatchError.unlessEqual(
          () -> "grants of " + workspaceId + " after all usage is reversed",
          grants(expected, workspaceId),
          grants(product, workspaceId));
    }
  }

  private static List<GrantItem> grants(CreditQueries queries, String workspaceId) {
    return queries
        .credits(workspaceId, null)
        .map(ResponseNormalizer::of)
        .map(CreditsResponse::grants)
        .orElse(List.of());
  }
}
