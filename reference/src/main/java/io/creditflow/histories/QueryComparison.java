package io.creditflow.histories;

import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.TrendsQuery;
import io.creditflow.query.TrendsQuery.Granularity;
import io.creditflow.query.TrendsQuery.Grouping;
import io.creditflow.query.TrendsResponse;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.ReferenceDays;
import io.creditflow.reference.ReferenceQueries;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends the same queries to the product and the reference calculator at one instant, and compares
 * the responses.
 */
final class QueryComparison {
  private final CreditQueries product;
  private final ReferenceQueries reference;
  private final GeneratedHistory history;
  private final Instant now;
  private final SeededRandom dice;

  QueryComparison(
      CreditQueries product,
      ReferenceQueries reference,
      GeneratedHistory history,
      Instant now,
      long seed) {
    this.product = product;
    this.reference = reference;
    this.history = history;
    this.now = now;
    this.dice = new SeededRandom(seed);
  }

  /**
   * @param settled whether no recount of days is in progress
   */
  void all(boolean settled) {
    workspaces();
    for (String workspaceId : history.workspaceIds()) {
      if (product.workspace(workspaceId).isEmpty()) {
        continue;
      }
      credits(workspaceId);
      trends(workspaceId, settled);
      preview(workspaceId);
      new PagedComparison(product, reference, history, dice, now, workspaceId).all(settled);
      if (dice.chance(30)) {
        stays(workspaceId);
      }
    }
    MismatchError.unlessEqual(
        () -> "credits of nobody", true, product.credits("nobody", null).isEmpty());
  }

  private void workspaces() {
    List<WorkspaceItem> expected = reference.workspaces(null, 500).items();
    MismatchError.unlessEqual(() -> "workspaces", expected, product.workspaces(null, 500).items());
    for (WorkspaceItem item : expected) {
      MismatchError.unlessEqual(
          () -> "workspace", item, product.workspace(item.workspaceId()).orElse(null));
      List<WorkspaceItem> after = reference.workspaces(item.workspaceId(), 1).items();
      MismatchError.unlessEqual(
          () -> "workspaces after " + item.workspaceId(),
          after,
          product.workspaces(item.workspaceId(), 1).items());
    }
  }

  private void credits(String workspaceId) {
    CreditsResponse present = product.credits(workspaceId, null).orElseThrow();
    MismatchError.unlessEqual(
        () -> "credits of " + workspaceId + " at " + now,
        ResponseNormalizer.of(reference.credits(workspaceId, null).orElseThrow()),
        ResponseNormalizer.of(present));
    List<Instant> instants = instants(present);
    for (int number = 0; number < 2; number++) {
      Instant at = number == 0 ? now : dice.pick(instants).plusMillis(dice.between(-1, 1));
      if (!at.isAfter(now)) {
        MismatchError.unlessEqual(
            () -> "credits of " + workspaceId + " asked at " + now + " for at=" + at,
            ResponseNormalizer.of(reference.credits(workspaceId, at).orElseThrow()),
            ResponseNormalizer.of(product.credits(workspaceId, at).orElseThrow()));
      }
    }
  }

  private void preview(String workspaceId) {
    String campaignId = dice.chance(30) ? null : dice.pick(history.campaignIds());
    PreviewQuery query = new PreviewQuery(dice.between(0, 12), dice.between(0, 12), campaignId);
    MismatchError.unlessEqual(
        () -> workspaceId + " at " + now + ": " + query,
        reference.preview(workspaceId, query),
        product.preview(workspaceId, query));
  }

  private List<Instant> instants(CreditsResponse credits) {
    Set<Instant> found = new TreeSet<>(history.marks());
    for (CreditsResponse.GrantItem grant : credits.grants()) {
      found.add(grant.effectiveAt());
      if (grant.expiresAt() != null) {
        found.add(grant.expiresAt());
      }
    }
    return List.copyOf(found);
  }

  private void trends(String workspaceId, boolean settled) {
    ZoneId zone = TimeZones.inUse().of(product.workspace(workspaceId).orElseThrow().timeZone());
    LocalDate today = ReferenceDays.of(now, zone);
    if (dice.chance(15)) {
      LocalDate first = today.minusDays(398);
      same(workspaceId, new TrendsQuery(first, today.plusDays(1), Granularity.DAY, Grouping.NONE));
    }
    Grouping grouping = dice.pick(List.of(Grouping.values()));
    LocalDate from =
        ReferenceDays.of(dice.pick(history.marks()), zone).plusDays(dice.between(-2, 0));
    LocalDate to = from.plusDays(dice.between(0, 9));
    same(workspaceId, new TrendsQuery(from, to, Granularity.DAY, grouping, dice.chance(20)));
    if (settled && dice.chance(30)) {
      byDefault(workspaceId, dice.pick(List.of(Grouping.values())));
    }
    if (settled && dice.chance(40)) {
      hours(workspaceId, zone, today);
    }
  }

  private void byDefault(String workspaceId, Grouping grouping) {
    CreditsResponse.Period period = product.credits(workspaceId, null).orElseThrow().period();
    if (period == null || period.start().isAfter(now.minusSeconds(86_400L * 390))) {
      same(workspaceId, new TrendsQuery(null, null, Granularity.DAY, grouping));
    }
  }

  private void hours(String workspaceId, ZoneId zone, LocalDate today) {
    LocalDate from =
        ReferenceDays.of(dice.pick(history.marks()), zone).plusDays(dice.between(-2, 0));
    LocalDate to = from.plusDays(dice.between(0, 3));
    boolean kept = !from.isBefore(today.minusDays(48)) && to.isBefore(today);
    if (kept && wholeHours(zone, ReferenceDays.start(from.minusDays(1), zone), to)) {
      Grouping grouping = dice.pick(List.of(Grouping.values()));
      same(workspaceId, new TrendsQuery(from, to, Granularity.HOUR, grouping));
    }
  }

  /**
   * False if an offset changes by a fraction of an hour near the range: the contract then leaves
   * open where hours begin.
   */
  private static boolean wholeHours(ZoneId zone, Instant from, LocalDate to) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(from);
    boolean within =
        next != null && next.getInstant().isBefore(ReferenceDays.start(to.plusDays(2), zone));
    return !within
        || (next.getDuration().toMinutes() % 60 == 0 && next.getDateTimeBefore().getMinute() == 0);
  }

  private void same(String workspaceId, TrendsQuery query) {
    TrendsResponse answer = product.trends(workspaceId, query).orElseThrow();
    TrendsResponse expected = reference.trends(workspaceId, query, answer.timeZone()).orElseThrow();
    MismatchError.unlessEqual(
        () -> "trends of " + workspaceId + " at " + now + " for " + query + "\n",
        List.of(head(expected), ResponseNormalizer.of(expected).series()),
        List.of(head(answer), ResponseNormalizer.of(answer).series()));
  }

  private static List<Object> head(TrendsResponse trends) {
    return List.of(
        trends.from(), trends.to(), trends.granularity(), trends.groupBy(), trends.total());
  }

  /** Checks that responses do not change before the instant that the product names. */
  private void stays(String workspaceId) {
    Instant until = product.validUntil(workspaceId);
    MismatchError.unless(until.isAfter(now), () -> "validUntil " + until + " is not after " + now);
  }
}
