package io.creditflow.event;

/** A record that was not counted, on its way to {@code rejected-events}. */
public record RejectedRecord(SourceRecord origin, Rejection rejection) {}
