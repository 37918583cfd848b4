package io.creditflow.bench.workload;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record to publish, with the fields that the expected totals need.
 *
 * @param campaignId null unless the record is usage
 */
public record WorkloadRecord(
    String topic,
    String workspaceId,
    String campaignId,
    Instant occurredAt,
    SpecificRecord record) {}
