package io.creditflow.workspace;

import io.creditflow.event.Utf8Order;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.zone.TimeZones;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a workspace but for its usage, {@link io.creditflow.usage.WorkspaceUsage}.
 *
 * @param name null until described
 * @param timeZone the present zone; UTC until described
 * @param describedAt occurredAt of the version shown; {@link Long#MIN_VALUE} before the first
 * @param describedBy null before the first
 * @param dayZone the {@link TimeZones#stamp stamp} of the zone that the days served are of; differs
 *     from that of timeZone during a recount
 * @param dayGeneration which rows of days are served
 */
public record WorkspaceRow(
    @Nullable String name,
    String timeZone,
    long describedAt,
    @Nullable String describedBy,
    String dayZone,
    int dayGeneration) {

  public static final WorkspaceRow NEW =
      new WorkspaceRow(null, "UTC", Long.MIN_VALUE, null, "UTC", 0);

  public ZoneId zone() {
    return TimeZones.inUse().of(timeZone);
  }

  /** The zone that the days served are of. */
  public ZoneId servedZone() {
    return TimeZones.inUse().ofStamp(dayZone);
  }

  /** Its IANA id. */
  public String servedZoneId() {
    return TimeZones.idOfStamp(dayZone);
  }

  /** Described by a version, if it is later by (occurredAt, eventId) than the one shown. */
  public WorkspaceRow apply(WorkspaceChanged changed) {
    long at = changed.getOccurredAt().toEpochMilli();
    boolean later =
        describedBy == null
            || at > describedAt
            || (at == describedAt
                && Utf8Order.INSTANCE.compare(changed.getEventId(), describedBy) > 0);
    return later
        ? new WorkspaceRow(
            changed.getName(),
            changed.getTimeZone(),
            at,
            changed.getEventId(),
            dayZone,
            dayGeneration)
        : this;
  }

  /** Serving days of another zone. */
  public WorkspaceRow serving(String zone, int generation) {
    return new WorkspaceRow(name, timeZone, describedAt, describedBy, zone, generation);
  }

  public byte[] encode(RowWriter writer) {
    return writer
        .clear()
        .text(name)
        .text(timeZone)
        .int64(describedAt)
        .text(describedBy)
        .text(dayZone)
        .int64(dayGeneration)
        .bytes();
  }

  /** What is stored of a workspace; {@link #NEW} if nothing is. */
  public static WorkspaceRow read(RowStore state, String workspaceId) {
    return decode(state.get(key(workspaceId).bytes()));
  }

  public static RowKey key(String workspaceId) {
    return RowKey.of(Table.WORKSPACE, workspaceId);
  }

  public static WorkspaceRow decode(byte @Nullable [] row) {
    if (row == null) {
      return NEW;
    }
    RowReader reader = new RowReader(row);
    return new WorkspaceRow(
        reader.text(),
        reader.requiredText(),
        reader.int64(),
        reader.text(),
        reader.requiredText(),
        (int) reader.int64());
  }
}
