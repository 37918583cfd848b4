package io.creditflow.api.ops;

import io.creditflow.event.Rejection;
import java.util.Set;

/**
 * The filter of {@code GET /v1/ops/rejected}. A record matches if it meets every criterion.
 *
 * @param reasons reasons of rejection, any of which matches; empty for all records
 * @param topic source topic of the record; null for all topics
 * @param workspaceId the record's workspace; null for all workspaces
 * @param eventId the record's event id; null for all events
 */
record RejectedFilter(
    Set<Rejection.Reason> reasons, String topic, String workspaceId, String eventId) {
  /** Whether every record matches. */
  boolean isAll() {
    return reasons.isEmpty() && topic == null && workspaceId == null && eventId == null;
  }

  boolean matches(RejectedItem item) {
    return (reasons.isEmpty()
            || reasons.stream().anyMatch(reason -> reason.name().equals(item.reason())))
        && (topic == null || topic.equals(item.topic()))
        && (workspaceId == null || workspaceId.equals(item.workspaceId()))
        && (eventId == null || eventId.equals(item.eventId()));
  }
}
