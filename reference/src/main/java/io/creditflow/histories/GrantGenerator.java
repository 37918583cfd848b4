package io.creditflow.histories;

import io.creditflow.events.CreditGrant;
import io.creditflow.events.GrantAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generates grants that overlap or share boundaries, and voids near these boundaries. */
final class GrantGenerator {
  private final GenerationContext world;
  private final SeededRandom dice;
  private final String workspaceId;
  private final Map<String, CreditGrant> made = new TreeMap<>();
  private int number;

  GrantGenerator(GenerationContext world, String workspaceId) {
    this.world = world;
    this.dice = world.dice;
    this.workspaceId = workspaceId;
  }

  CreditGrant granted(String eventId) {
    String grantId = dice.pick(world.grantIds);
    if (made.containsKey(grantId) && dice.chance(70)) {
      grantId = "g" + (10 + number++);
    }
    Instant first = world.begin.minus(Duration.ofDays(20));
    Instant last = world.end.plus(Duration.ofDays(10));
    Instant effectiveAt = boundary(first, last);
    CreditGrant grant =
        new CreditGrant(
            eventId,
            workspaceId,
            grantId,
            GrantAction.GRANTED,
            amount(),
            effectiveAt,
            expiry(effectiveAt, last),
            dice.chance(65) ? 0 : dice.between(-1, 2),
            dice.chance(50) ? null : "bought " + grantId,
            dice.instant(first, world.end));
    made.putIfAbsent(grantId, grant);
    return grant;
  }

  CreditGrant voided(String eventId, Instant arrival) {
    String grantId =
        made.isEmpty() || dice.chance(25)
            ? dice.pick(world.grantIds)
            : dice.pick(made.keySet().stream().sorted().toList());
    return new CreditGrant(
        eventId,
        workspaceId,
        grantId,
        GrantAction.VOIDED,
        dice.chance(50) ? 0L : -7L,
        Instant.EPOCH,
        dice.chance(50) ? null : Instant.EPOCH,
        dice.between(-3, 3),
        dice.chance(50) ? null : "void " + eventId,
        voidedAt(made.get(grantId), arrival));
  }

  /** A grant that is rejected. */
  CreditGrant broken(String eventId) {
    CreditGrant grant = granted(eventId);
    made.remove(grant.getGrantId(), grant);
    Instant start = grant.getEffectiveAt();
    return switch (dice.between(0, 4)) {
      case 0 -> with(grant, 0, start, grant.getExpiresAt());
      case 4 -> withLongReason(grant, dice.pick(List.of(GrantAction.values())));
      case 1 -> with(grant, 1_000_000_000_001L, start, grant.getExpiresAt());
      case 2 -> with(grant, grant.getAmount(), start, start);
      default -> with(grant, grant.getAmount(), Instant.EPOCH, grant.getExpiresAt());
    };
  }

  private static CreditGrant with(
      CreditGrant grant, long amount, Instant effectiveAt, Instant expiresAt) {
    return with(grant, grant.getAction(), amount, effectiveAt, expiresAt, grant.getReason());
  }

  private static CreditGrant withLongReason(CreditGrant grant, GrantAction action) {
    return with(
        grant,
        action,
        grant.getAmount(),
        grant.getEffectiveAt(),
        grant.getExpiresAt(),
        "z".repeat(4_001));
  }

  private static CreditGrant with(
      CreditGrant grant,
      GrantAction action,
      long amount,
      Instant effectiveAt,
      Instant expiresAt,
      String reason) {
    return new CreditGrant(
        grant.getEventId(),
        grant.getWorkspaceId(),
        grant.getGrantId(),
        action,
        amount,
        effectiveAt,
        expiresAt,
        grant.getPriority(),
        reason,
        grant.getOccurredAt());
  }

  private Instant voidedAt(CreditGrant grant, Instant arrival) {
    if (grant == null) {
      return world.between(world.begin, world.end);
    }
    Instant end = grant.getExpiresAt() == null ? world.end.plusSeconds(1) : grant.getExpiresAt();
    return switch (dice.weighted(12, 8, 12, 10, 30, 14, 14)) {
      case 0 -> grant.getEffectiveAt();
      case 1 -> grant.getEffectiveAt().minusMillis(1);
      case 2 -> end;
      case 3 -> end.plusMillis(1);
      case 4 -> world.between(grant.getEffectiveAt(), end);
      case 5 -> arrival;
      default -> arrival.plus(dice.upTo(Duration.ofDays(20)));
    };
  }

  private long amount() {
    return switch (dice.weighted(60, 25, 10, 5)) {
      case 0 -> dice.between(1, 8);
      case 1 -> dice.between(9, 40);
      case 2 -> 1000;
      default -> 1_000_000_000_000L;
    };
  }

  /** A random instant, often the beginning or end of another grant. */
  private Instant boundary(Instant first, Instant last) {
    if (made.isEmpty() || dice.chance(70)) {
      return world.between(first, last);
    }
    CreditGrant other = dice.pick(made.values().stream().toList());
    return other.getExpiresAt() == null || dice.chance(50)
        ? other.getEffectiveAt()
        : other.getExpiresAt();
  }

  private Instant expiry(Instant effectiveAt, Instant last) {
    Instant expiry =
        switch (dice.weighted(15, 35, 20, 5, 10, 15)) {
          case 0 -> null;
          case 1 -> world.between(effectiveAt.plusMillis(1), last.plus(Duration.ofDays(30)));
          case 2 -> boundary(effectiveAt.plusMillis(1), last.plusMillis(2));
          case 3 -> effectiveAt.plusMillis(1);
          case 4 -> effectiveAt.plus(Duration.ofHours(dice.pick(List.of(1, 24))));
          default -> effectiveAt.plus(Duration.ofDays(dice.between(5, 40)));
        };
    return expiry == null || expiry.isAfter(effectiveAt) ? expiry : effectiveAt.plusSeconds(3600);
  }
}
