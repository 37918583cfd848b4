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
 * The row of a workspace with its name and time zone. {@link io.creditflow.usage.WorkspaceUsage}
 * holds its usage.
 *
 * @param name the name; null before the first {@code workspaces} event
 * @param timeZone the IANA id of its time zone; UTC before the first event
 * @param describedAt the event time of the event that name and zone are from, milliseconds since
 *     1970; {@link Long#MIN_VALUE} before the first
 * @param describedBy the id of that event; null before the first
 * @param dayZone the {@link TimeZones#stamp stamp} of the zone of the served days. During a recount
 *     of days, it differs from the stamp of timeZone
 * @param dayGeneration the generation of the rows of the served days
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

  /** The zone of the served days. */
  public ZoneId servedZone() {
    return TimeZones.inUse().ofStamp(dayZone);
  }

  /** The IANA id of {@link #servedZone}. */
  public String servedZoneId() {
    return TimeZones.idOfStamp(dayZone);
  }

  /** Applies an event, unless the current one is later by (occurredAt, eventId). */
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

  /** The same workspace after a recount of its days. */
  public WorkspaceRow withServedDays(String zone, int generation) {
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

  /** Reads the stored row of a workspace; {@link #NEW} if none is stored. */
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
