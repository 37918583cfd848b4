package io.creditflow.campaign;

import io.creditflow.event.Utf8Order;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as one CampaignChanged shows it. Instants are milliseconds since 1970.
 *
 * @param source index in LeadSource
 * @param status index in CampaignStatus
 * @param quota credits; null if it has none
 */
public record CampaignVersion(
    String name,
    int source,
    int status,
    @Nullable Long quota,
    @Nullable Long startsAt,
    @Nullable Long endsAt,
    long occurredAt,
    String eventId) {

  public static CampaignVersion of(CampaignChanged event) {
    return new CampaignVersion(
        event.getName(),
        event.getSource().ordinal(),
        event.getStatus().ordinal(),
        event.getQuota(),
        event.getStartsAt() == null ? null : event.getStartsAt().toEpochMilli(),
        event.getEndsAt() == null ? null : event.getEndsAt().toEpochMilli(),
        event.getOccurredAt().toEpochMilli(),
        event.getEventId());
  }

  /** Whether this version is the later of the two by (occurredAt, eventId). */
  public boolean isLaterThan(@Nullable CampaignVersion other) {
    return other == null
        || occurredAt > other.occurredAt
        || (occurredAt == other.occurredAt
            && Utf8Order.INSTANCE.compare(eventId, other.eventId) > 0);
  }

  public boolean isActive() {
    return status == CampaignStatus.ACTIVE.ordinal();
  }

  RowWriter encode(RowWriter writer) {
    writer.text(name).int8(source).int8(status);
    optional(writer, quota);
    optional(writer, startsAt);
    optional(writer, endsAt);
    return writer.int64(occurredAt).text(eventId);
  }

  static CampaignVersion decode(RowReader reader) {
    return new CampaignVersion(
        reader.requiredText(),
        reader.int8(),
        reader.int8(),
        optional(reader),
        optional(reader),
        optional(reader),
        reader.int64(),
        reader.requiredText());
  }

  /** As a row of its own. */
  public byte[] row(RowWriter writer) {
    return encode(writer.clear()).bytes();
  }

  public static CampaignVersion decode(byte[] row) {
    return decode(new RowReader(row));
  }

  private static void optional(RowWriter writer, @Nullable Long value) {
    writer.int8(value == null ? 0 : 1);
    if (value != null) {
      writer.int64(value);
    }
  }

  private static @Nullable Long optional(RowReader reader) {
    return reader.int8() == 0 ? null : reader.int64();
  }
}
