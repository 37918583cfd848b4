package io.creditflow.grant;

import io.creditflow.event.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Credits bought: live in [effectiveAt, {@link #end}). Instants are milliseconds since 1970.
 *
 * @param amount whole credits, 1 to 10^12
 * @param expiresAt {@link #NEVER} if it does not expire
 * @param eventId of the GRANTED record
 * @param voidedAt the earliest void; {@link #NEVER} if none
 * @param voidEventId of that void; null if none
 * @param voidReason may be null
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

  /** The same grant as far as it lies ahead: with what is left of it. */
  public Grant left(long rest, long liveSince) {
    return new Grant(
        grantId,
        rest,
        liveSince,
        expiresAt,
        priority,
        reason,
        eventId,
        voidedAt,
        voidEventId,
        voidReason);
  }

  /** When it stops being live, and whatever is left of it is forfeited; exclusive. */
  public long end() {
    return Math.min(expiresAt, voidedAt);
  }

  /** Voided before it could take effect: it is never live and leaves no trace in history. */
  public boolean neverLive() {
    return voidedAt <= effectiveAt;
  }

  /** Whether it is a void, not the expiry, that ends it. */
  public boolean endsByVoid() {
    return voidedAt != NEVER && voidedAt <= expiresAt;
  }
}
