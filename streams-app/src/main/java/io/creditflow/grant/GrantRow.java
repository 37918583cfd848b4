package io.creditflow.grant;

import io.creditflow.event.Utf8Order;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * The row of a grantId: the grant, its earliest void, or both. Either may arrive first.
 *
 * @param grant null while only a void has arrived
 */
public record GrantRow(
    @Nullable Grant grant,
    long voidedAt,
    @Nullable String voidEventId,
    @Nullable String voidReason) {

  public static final GrantRow NOTHING = new GrantRow(null, Grant.NEVER, null, null);

  /** A copy with the grant. */
  public GrantRow granted(Grant granted) {
    return new GrantRow(granted, voidedAt, voidEventId, voidReason);
  }

  /** A copy with the void if it is the earliest by (occurredAt, eventId); else this row. */
  public GrantRow voided(long atMillis, String eventId, @Nullable String reason) {
    boolean earlier =
        atMillis < voidedAt
            || (atMillis == voidedAt
                && voidEventId != null
                && Utf8Order.INSTANCE.compare(eventId, voidEventId) < 0);
    return earlier ? new GrantRow(grant, atMillis, eventId, reason) : this;
  }

  /** The grant with its void, or null while only a void has arrived. */
  public @Nullable Grant effective() {
    return grant == null
        ? null
        : new Grant(
            grant.grantId(),
            grant.amount(),
            grant.effectiveAt(),
            grant.expiresAt(),
            grant.priority(),
            grant.reason(),
            grant.eventId(),
            voidedAt,
            voidEventId,
            voidReason);
  }

  public byte[] encode(RowWriter writer) {
    writer.clear().int64(voidedAt).text(voidEventId).text(voidReason);
    if (grant != null) {
      writer
          .text(grant.grantId())
          .int64(grant.amount())
          .int64(grant.effectiveAt())
          .int64(grant.expiresAt())
          .int64(grant.priority())
          .text(grant.reason())
          .text(grant.eventId());
    }
    return writer.bytes();
  }

  public static GrantRow decode(byte @Nullable [] row) {
    if (row == null) {
      return NOTHING;
    }
    RowReader reader = new RowReader(row);
    long voidedAt = reader.int64();
    String voidEventId = reader.text();
    String voidReason = reader.text();
    Grant grant =
        reader.hasMore()
            ? new Grant(
                reader.requiredText(),
                reader.int64(),
                reader.int64(),
                reader.int64(),
                (int) reader.int64(),
                reader.text(),
                reader.requiredText(),
                Grant.NEVER,
                null,
                null)
            : null;
    return new GrantRow(grant, voidedAt, voidEventId, voidReason);
  }
}
