package io.creditflow.streams;

import io.creditflow.engine.EngineConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The settings of a {@link CreditPipeline}.
 *
 * @param applicationId the name of the consumer group, and the prefix of changelog and transactions
 * @param instanceId {@code group.instance.id} for static membership; null for dynamic membership
 * @param bootstrapServers {@code bootstrap.servers} of every Kafka client
 * @param stateDirectory the directory in which RocksDB keeps the state
 * @param advertised host:port at which other instances reach this one; null if there are no others
 * @param partitions number of partitions of every input topic
 * @param replicationFactor replication factor of the changelog
 * @param threads number of stream threads
 * @param standbys number of standby copies of each partition's state
 * @param commitInterval how often results are committed and become visible
 * @param rocksDbMemoryBytes the maximum size of the block cache and write buffers of all stores
 *     together
 * @param postingsInMemoryMax postings that a task holds in memory before it flushes before the
 *     commit
 * @param stalenessMax the maximum age of a standby's answer, at most ten minutes (see
 *     CreditStateStore)
 * @param engineConfig the configuration of the engine
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
    EngineConfig engineConfig,
    Map<String, Object> kafka) {
  /** A new map of the properties that every Kafka client needs. */
  Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>(kafka);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }
}
