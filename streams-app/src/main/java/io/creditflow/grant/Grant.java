package io.creditflow.grant;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Credits that a workspace bought. The grant is live in [effectiveAt, {@link #end}). Instants are
 * milliseconds since 1970.
 *
 * @param amount whole credits, 1 to 10^12
 * @param expiresAt {@link #NEVER} if it does not expire
 * @param eventId the eventId of the GRANTED record
 * @param voidedAt when the earliest void took place; {@link #NEVER} if there is none
 * @param voidEventId the eventId of that void; null if there is none
 * @param voidReason the reason of that void; may be null
 */
public record Grant(
    String grantId,
    long amount,
    long effectiveAt,
    long expiresAt,
    int priority,
    @Nullable String reason,
    String eventId,
    long voidedAt,
    @Nullable String voidEventId,
    @Nullable String voidReason) {

  public static final long NEVER = Long.MAX_VALUE;

  /** The order in which usage draws on live grants (contract section 3, rule 4). */
  public static final Comparator<Grant> BURN_DOWN_ORDER =
      Comparator.comparingInt(Grant::priority)
          .thenComparingLong(Grant::expiresAt)
          .thenComparingLong(Grant::effectiveAt)
          .thenComparing(Grant::grantId, Utf8Order.INSTANCE);

  /**
   * A copy for computing forecasts: only the remaining credits are granted, from another time on.
   *
   * @param remaining the amount of the copy, credits
   * @param liveSince the effectiveAt of the copy, milliseconds since 1970
   */
  public Grant left(long remaining, long liveSince) {
    return new Grant(
        grantId,
        remaining,
        liveSince,
        expiresAt,
        priority,
        reason,
        eventId,
        voidedAt,
        voidEventId,
        voidReason);
  }

  /** When the grant stops being live, exclusive. Its remaining credits are then forfeited. */
  public long end() {
    return Math.min(expiresAt, voidedAt);
  }

  /**
   * Whether the grant was voided before it took effect. It is then never live and not in the
   * history.
   */
  public boolean neverLive() {
    return voidedAt <= effectiveAt;
  }

  /** Whether the grant ends by a void and not by its expiry. */
  public boolean endsByVoid() {
    return voidedAt != NEVER && voidedAt <= expiresAt;
  }
}
