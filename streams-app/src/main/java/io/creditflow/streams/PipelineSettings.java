package io.creditflow.streams;

import io.creditflow.engine.EngineConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a pipeline needs to know to run.
 *
 * @param applicationId names the consumer group, the changelog and the transactions
 * @param instanceId stable name of this instance, for static membership; null for none
 * @param stateDirectory where RocksDB keeps the state
 * @param advertised host:port at which other instances reach this one; null if alone
 * @param partitions number of partitions of every input topic
 * @param replicationFactor of the changelog
 * @param threads stream threads
 * @param standbys copies of each partition's state on other instances
 * @param commitInterval how often results are committed and become visible
 * @param rocksDbMemoryBytes block cache and write buffers of all stores of this process together
 * @param postingsInMemoryMax postings a task holds before it flushes ahead of the commit
 * @param stalenessMax how old a standby's answer may be; at most ten minutes (see CreditStateStore)
 * @param kafka properties for every Kafka client, such as security.protocol
 */
public record PipelineSettings(
    String applicationId,
    String instanceId,
    String bootstrapServers,
    Path stateDirectory,
    String advertised,
    int partitions,
    int replicationFactor,
    int threads,
    int standbys,
    Duration commitInterval,
    long rocksDbMemoryBytes,
    int postingsInMemoryMax,
    Duration stalenessMax,
    EngineConfig rules,
    Map<String, Object> kafka) {}
