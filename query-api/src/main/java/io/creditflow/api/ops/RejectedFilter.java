package io.creditflow.api.ops;

import io.creditflow.event.Rejection;
import java.util.Set;

/**
 * Which rejected records are asked for.
 *
 * @param reasons empty for all
 * @param topic where they came from; null for all, as of the ids
 */
record RejectedFilter(
    Set<Rejection.Reason> reasons, String topic, String workspaceId, String eventId) {
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
