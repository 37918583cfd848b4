package io.creditflow.api.ops;

/**
 * A rejected record. Everything but the ids comes from the headers of the record on {@code
 * rejected-events}.
 *
 * @param topic the source topic; null if the header is missing, as for all headers
 * @param workspaceId the id in the value, else the key; null if neither can be decoded
 * @param eventId the id in the value; null if it cannot be decoded
 * @param at the time of the rejection, RFC 3339
 */
record RejectedItem(
    String topic,
    Integer partition,
    Long offset,
    String workspaceId,
    String eventId,
    String reason,
    String detail,
    String at) {}
