package io.creditflow.event;

/** A rejected record, to be written to {@code rejected-events}. */
public record RejectedRecord(SourceRecord origin, Rejection rejection) {}
