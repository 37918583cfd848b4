package io.creditflow.reference;

import static java.util.Comparator.comparing;

import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.CreditsAnswer.GrantStatus;
import io.creditflow.answer.CreditsAnswer.Period;
import io.creditflow.answer.CreditsAnswer.Runway;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** The balance of a workspace; of runways the referee knows those that have nothing to run out. */
final class CreditsPage {
  private CreditsPage() {}

  /** As it is now. */
  static CreditsAnswer present(String workspaceId, Book book, Walk walk, Instant now) {
    Runway runway = walk.remaining() == 0 ? Runway.NO_CREDITS : null;
    return of(workspaceId, book, walk, now, runway);
  }

  /** As it was at an instant: without a runway. */
  static CreditsAnswer past(String workspaceId, Book book, Walk walk, Instant at) {
    return of(workspaceId, book, walk, at, null);
  }

  private static CreditsAnswer of(
      String workspaceId, Book book, Walk walk, Instant at, Runway runway) {
    ZoneId zone = book.zone();
    List<GrantLife> live = walk.lives().stream().filter(life -> life.liveAt(at)).toList();
    long allocated = live.stream().mapToLong(life -> life.grant().getAmount()).sum();
    Instant expiresAt =
        live.stream()
            .filter(life -> walk.account(life).rest > 0)
            .map(GrantLife::expiresAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    Long daysRemaining =
        expiresAt == null
            ? null
            : ChronoUnit.DAYS.between(Days.of(at, zone), Days.of(expiresAt, zone));
    return new CreditsAnswer(
        workspaceId,
        book.name(),
        TimeZones.idOf(zone),
        walk.remaining(),
        allocated,
        allocated - walk.remaining(),
        walk.overage(),
        expiresAt,
        daysRemaining,
        period(live),
        walk.lives().stream().map(life -> item(life, walk.account(life), at)).toList(),
        runway);
  }

  /** Life of the live grant that expires first, depleted or not; null if none expires. */
  static Period period(List<GrantLife> live) {
    return live.stream()
        .filter(life -> life.expiresAt() != null)
        .min(comparing(GrantLife::expiresAt).thenComparing(GrantLife::id, Utf8.ORDER))
        .map(life -> new Period(life.effectiveAt(), life.expiresAt()))
        .orElse(null);
  }

  private static GrantItem item(GrantLife life, Walk.Account account, Instant at) {
    return new GrantItem(
        life.id(),
        life.grant().getAmount(),
        account.rest,
        account.drawn,
        account.forfeited,
        life.effectiveAt(),
        life.expiresAt(),
        life.grant().getPriority(),
        status(life, account, at));
  }

  private static GrantStatus status(GrantLife life, Walk.Account account, Instant at) {
    if (life.voidCounts() && !life.end().isAfter(at)) {
      return GrantStatus.VOIDED;
    }
    if (life.effectiveAt().isAfter(at) || life.neverLive()) {
      return GrantStatus.SCHEDULED;
    }
    if (life.end() != null && !life.end().isAfter(at)) {
      return GrantStatus.EXPIRED;
    }
    return account.rest > 0 ? GrantStatus.ACTIVE : GrantStatus.DEPLETED;
  }
}
