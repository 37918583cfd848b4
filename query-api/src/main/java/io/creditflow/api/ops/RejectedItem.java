package io.creditflow.api.ops;

/**
 * A rejected record.
 *
 * @param topic where it came from; null if its header lacks, as of all others
 * @param workspaceId the value's, else the key; null if neither can be read
 * @param eventId the value's; null if it cannot be read
 * @param at when it was rejected, RFC 3339
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
