package io.creditflow.bench.workload;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record to publish, with what counting it needs.
 *
 * @param campaignId null unless it is usage
 */
public record WorkloadRecord(
    String topic,
    String workspaceId,
    String campaignId,
    Instant occurredAt,
    SpecificRecord record) {}
