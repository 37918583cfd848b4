package io.creditflow.reference;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.creditflow.events.CreditGrant;
import java.time.Instant;
import java.util.Comparator;

/**
 * A grant and the void record that applies to it.
 *
 * @param voided the earliest VOIDED record of the grant; null if none
 */
record GrantLifetime(CreditGrant grant, CreditGrant voided) {
  /** The order in which usage draws from grants (rule 4). */
  static final Comparator<GrantLifetime> BURN_DOWN =
      comparing((GrantLifetime life) -> life.grant.getPriority())
          .thenComparing(GrantLifetime::expiresAt, nullsLast(naturalOrder()))
          .thenComparing(GrantLifetime::effectiveAt)
          .thenComparing(GrantLifetime::id, Utf8Comparator.ORDER);

  String id() {
    return grant.getGrantId();
  }

  Instant effectiveAt() {
    return grant.getEffectiveAt();
  }

  Instant expiresAt() {
    return grant.getExpiresAt();
  }

  /** Whether the grant was voided at or before the time of its effect. */
  boolean neverLive() {
    return voided != null && !voided.getOccurredAt().isAfter(effectiveAt());
  }

  /** Whether the void applies, that is, is not later than the expiry. */
  boolean voidCounts() {
    return voided != null && (expiresAt() == null || !voided.getOccurredAt().isAfter(expiresAt()));
  }

  /** When the grant ends, by void or expiry; null if never. */
  Instant end() {
    return voidCounts() ? voided.getOccurredAt() : expiresAt();
  }

  boolean liveAt(Instant instant) {
    return !neverLive()
        && !effectiveAt().isAfter(instant)
        && (end() == null || end().isAfter(instant));
  }
}
