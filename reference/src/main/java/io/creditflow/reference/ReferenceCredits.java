package io.creditflow.reference;

import static java.util.Comparator.comparing;

import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.CreditsResponse.GrantStatus;
import io.creditflow.query.CreditsResponse.Period;
import io.creditflow.query.CreditsResponse.Runway;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * The balance of a workspace. The only runway that the reference calculator computes is the one of
 * a workspace without credits.
 */
final class ReferenceCredits {
  private ReferenceCredits() {}

  /** The balance now. */
  static CreditsResponse present(
      String workspaceId, AcceptedEvents accepted, ReferenceBurnDown burnDown, Instant now) {
    Runway runway = burnDown.remaining() == 0 ? Runway.NO_CREDITS : null;
    return of(workspaceId, accepted, burnDown, now, runway);
  }

  /** The balance at a past instant, without a runway. */
  static CreditsResponse past(
      String workspaceId, AcceptedEvents accepted, ReferenceBurnDown burnDown, Instant at) {
    return of(workspaceId, accepted, burnDown, at, null);
  }

  private static CreditsResponse of(
      String workspaceId,
      AcceptedEvents accepted,
      ReferenceBurnDown burnDown,
      Instant at,
      Runway runway) {
    ZoneId zone = accepted.zone();
    List<GrantLifetime> live = burnDown.lives().stream().filter(life -> life.liveAt(at)).toList();
    long allocated = live.stream().mapToLong(life -> life.grant().getAmount()).sum();
    Instant expiresAt =
        live.stream()
            .filter(life -> burnDown.account(life).rest > 0)
            .map(GrantLifetime::expiresAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    Long daysRemaining =
        expiresAt == null
            ? null
            : ChronoUnit.DAYS.between(
                ReferenceDays.of(at, zone), ReferenceDays.of(expiresAt, zone));
    return new CreditsResponse(
        workspaceId,
        accepted.name(),
        TimeZones.idOf(zone),
        burnDown.remaining(),
        allocated,
        allocated - burnDown.remaining(),
        burnDown.overage(),
        expiresAt,
        daysRemaining,
        period(live),
        burnDown.lives().stream().map(life -> item(life, burnDown.account(life), at)).toList(),
        runway);
  }

  /**
   * From effect to expiry of the live grant that expires first, depleted or not; null if none
   * expires.
   */
  static Period period(List<GrantLifetime> live) {
    return live.stream()
        .filter(life -> life.expiresAt() != null)
        .min(
            comparing(GrantLifetime::expiresAt)
                .thenComparing(GrantLifetime::id, Utf8Comparator.ORDER))
        .map(life -> new Period(life.effectiveAt(), life.expiresAt()))
        .orElse(null);
  }

  private static GrantItem item(GrantLifetime life, ReferenceBurnDown.Account account, Instant at) {
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

  private static GrantStatus status(
      GrantLifetime life, ReferenceBurnDown.Account account, Instant at) {
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
