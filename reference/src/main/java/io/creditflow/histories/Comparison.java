package io.creditflow.histories;

import io.creditflow.answer.CreditQueries;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.PreviewQuery;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.TrendsQuery.Granularity;
import io.creditflow.answer.TrendsQuery.Grouping;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.reference.Days;
import io.creditflow.reference.ReferenceQueries;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks the product and the referee the same questions at one instant. */
final class Comparison {
  private final CreditQueries product;
  private final ReferenceQueries referee;
  private final History history;
  private final Instant now;
  private final Dice dice;

  Comparison(
      CreditQueries product, ReferenceQueries referee, History history, Instant now, long seed) {
    this.product = product;
    this.referee = referee;
    this.history = history;
    this.now = now;
    this.dice = new Dice(seed);
  }

  /**
   * @param settled no days are being recounted
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
      new ListComparison(product, referee, history, dice, now, workspaceId).all(settled);
      if (dice.chance(30)) {
        stays(workspaceId);
      }
    }
    Difference.unlessEqual(
        () -> "credits of nobody", true, product.credits("nobody", null).isEmpty());
  }

  private void workspaces() {
    List<WorkspaceItem> expected = referee.workspaces(null, 500).items();
    Difference.unlessEqual(() -> "workspaces", expected, product.workspaces(null, 500).items());
    for (WorkspaceItem item : expected) {
      Difference.unlessEqual(
          () -> "workspace", item, product.workspace(item.workspaceId()).orElse(null));
      List<WorkspaceItem> after = referee.workspaces(item.workspaceId(), 1).items();
      Difference.unlessEqual(
          () -> "workspaces after " + item.workspaceId(),
          after,
          product.workspaces(item.workspaceId(), 1).items());
    }
  }

  private void credits(String workspaceId) {
    CreditsAnswer present = product.credits(workspaceId, null).orElseThrow();
    Difference.unlessEqual(
        () -> "credits of " + workspaceId + " at " + now,
        Plain.of(referee.credits(workspaceId, null).orElseThrow()),
        Plain.of(present));
    List<Instant> instants = instants(present);
    for (int number = 0; number < 2; number++) {
      Instant at = number == 0 ? now : dice.pick(instants).plusMillis(dice.between(-1, 1));
      if (!at.isAfter(now)) {
        Difference.unlessEqual(
            () -> "credits of " + workspaceId + " asked at " + now + " for at=" + at,
            Plain.of(referee.credits(workspaceId, at).orElseThrow()),
            Plain.of(product.credits(workspaceId, at).orElseThrow()));
      }
    }
  }

  private void preview(String workspaceId) {
    String campaignId = dice.chance(30) ? null : dice.pick(history.campaignIds());
    PreviewQuery query = new PreviewQuery(dice.between(0, 12), dice.between(0, 12), campaignId);
    Difference.unlessEqual(
        () -> workspaceId + " at " + now + ": " + query,
        referee.preview(workspaceId, query),
        product.preview(workspaceId, query));
  }

  private List<Instant> instants(CreditsAnswer credits) {
    Set<Instant> found = new TreeSet<>(history.marks());
    for (CreditsAnswer.GrantItem grant : credits.grants()) {
      found.add(grant.effectiveAt());
      if (grant.expiresAt() != null) {
        found.add(grant.expiresAt());
      }
    }
    return List.copyOf(found);
  }

  private void trends(String workspaceId, boolean settled) {
    ZoneId zone = TimeZones.inUse().of(product.workspace(workspaceId).orElseThrow().timeZone());
    LocalDate today = Days.of(now, zone);
    if (dice.chance(15)) {
      LocalDate first = today.minusDays(398);
      same(workspaceId, new TrendsQuery(first, today.plusDays(1), Granularity.DAY, Grouping.NONE));
    }
    Grouping grouping = dice.pick(List.of(Grouping.values()));
    LocalDate from = Days.of(dice.pick(history.marks()), zone).plusDays(dice.between(-2, 0));
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
    CreditsAnswer.Period period = product.credits(workspaceId, null).orElseThrow().period();
    if (period == null || period.start().isAfter(now.minusSeconds(86_400L * 390))) {
      same(workspaceId, new TrendsQuery(null, null, Granularity.DAY, grouping));
    }
  }

  private void hours(String workspaceId, ZoneId zone, LocalDate today) {
    LocalDate from = Days.of(dice.pick(history.marks()), zone).plusDays(dice.between(-2, 0));
    LocalDate to = from.plusDays(dice.between(0, 3));
    boolean kept = !from.isBefore(today.minusDays(48)) && to.isBefore(today);
    if (kept && wholeHours(zone, Days.start(from.minusDays(1), zone), to)) {
      Grouping grouping = dice.pick(List.of(Grouping.values()));
      same(workspaceId, new TrendsQuery(from, to, Granularity.HOUR, grouping));
    }
  }

  /** Clock changes by less than an hour leave it open where an hour begins. */
  private static boolean wholeHours(ZoneId zone, Instant from, LocalDate to) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(from);
    boolean within = next != null && next.getInstant().isBefore(Days.start(to.plusDays(2), zone));
    return !within
        || (next.getDuration().toMinutes() % 60 == 0 && next.getDateTimeBefore().getMinute() == 0);
  }

  private void same(String workspaceId, TrendsQuery query) {
    TrendsAnswer answer = product.trends(workspaceId, query).orElseThrow();
    TrendsAnswer expected = referee.trends(workspaceId, query, answer.timeZone()).orElseThrow();
    Difference.unlessEqual(
        () -> "trends of " + workspaceId + " at " + now + " for " + query + "\n",
        List.of(head(expected), Plain.of(expected).series()),
        List.of(head(answer), Plain.of(answer).series()));
  }

  private static List<Object> head(TrendsAnswer trends) {
    return List.of(
        trends.from(), trends.to(), trends.granularity(), trends.groupBy(), trends.total());
  }

  /** An answer stays as it is until the instant that the product names. */
  private void stays(String workspaceId) {
    Instant until = product.validUntil(workspaceId);
    Difference.unless(until.isAfter(now), () -> "validUntil " + until + " is not after " + now);
  }
}
