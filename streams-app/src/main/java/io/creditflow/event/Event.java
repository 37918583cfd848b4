package io.creditflow.event;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded input record, with the fields that all input records have in common.
 *
 * @param occurredAt milliseconds since 1970
 * @param fingerprint a hash of the content: equal content has equal fingerprints
 */
public record Event(
    String eventId, String workspaceId, long occurredAt, int fingerprint, SpecificRecord body) {

  public static Event of(SpecificRecord body, long fingerprint) {
    int hash = (int) (fingerprint ^ (fingerprint >>> 32));
    if (body instanceof LeadSourced e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof PhoneRevealed e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof EmailSent e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof UsageReversed e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof CreditGrant e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof CampaignChanged e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    } else if (body instanceof WorkspaceChanged e) {
      return new Event(e.getEventId(), e.getWorkspaceId(), millis(e.getOccurredAt()), hash, e);
    }
    throw new IllegalArgumentException("not an input record: " + body.getSchema().getFullName());
  }

  public EventKind kind() {
    return EventKind.of(body);
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }
}
