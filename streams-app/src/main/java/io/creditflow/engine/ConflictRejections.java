package io.creditflow.engine;

import static io.creditflow.event.Rejection.Reason.CONFLICT;
import static io.creditflow.event.Rejection.Reason.INVALID;
import static io.creditflow.event.Rejection.Reason.UNMATCHED;
import static io.creditflow.event.RejectionDetail.quoted;
import static io.creditflow.event.RejectionDetail.span;

import io.creditflow.event.Rejection;
import io.creditflow.grant.Grant;
import java.time.Duration;

/** Builds the rejections of records that conflict with records processed before. */
final class ConflictRejections {
  private ConflictRejections() {}

  static Rejection idTaken(String eventId, Deduplicator.KnownEvent other) {
    return new Rejection(
        CONFLICT,
        "eventId %s was used before, for %s. An id belongs to one event, over all topics"
            .formatted(quoted(eventId), other));
  }

  static Rejection grantIdTaken(Grant grant, Deduplicator.KnownEvent other) {
    return new Rejection(
        CONFLICT,
        "grantId %s was used before, for %s, eventId %s. Give another grant an id of its own"
            .formatted(quoted(grant.grantId()), other, quoted(grant.eventId())));
  }

  static Rejection notUsage(String targetId, Deduplicator.KnownEvent target) {
    return new Rejection(
        INVALID,
        "reversedEventId %s is %s; only a lead or a phone number can be given back"
            .formatted(quoted(targetId), target));
  }

  static Rejection unmatched(String targetId, Duration wait) {
    return new Rejection(
        UNMATCHED,
        "no usage event %s arrived within %s. Send the reversal again once it has"
            .formatted(quoted(targetId), span(wait.toMillis())));
  }
}
