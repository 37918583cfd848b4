package io.creditflow.streams;

import io.creditflow.engine.EngineConfig;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.streams.CreditPipeline.AlertGroup;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * The objects that all tasks of this process share.
 *
 * @param registry the schema registry; a call waits while the registry is unavailable
 * @param engineConfig the configuration of the engine
 * @param partitions number of partitions of every input topic
 * @param postingsInMemoryMax postings that a task holds in memory before it flushes before the
 *     commit
 * @param registryWait waits while the registry is unavailable, and reports what it waits for
 * @param ends end offsets of the input topics
 * @param clients the pipeline's Kafka clients, which hold the input positions of each thread
 * @param opener opens the state of each partition
 * @param recoveries counts recoveries after offsets and state did not match
 * @param published ids of alerts that were published before this process started
 * @param raised by group, the number of alerts that this process published
 * @param ages how old events are when they arrive
 * @param redelivered the number of records skipped because the state had counted them
 * @param stuck partitions that fail repeatedly
 * @param isOneOfSeveral whether there may be other instances, which hold standby copies or take
 *     over partitions
 * @param owned by partition number, the partitions that this process owns
 */
public record TaskContext(
    SchemaRegistry registry,
    EngineConfig engineConfig,
    int partitions,
    int postingsInMemoryMax,
    RegistryOutageWait registryWait,
    EndOffsets ends,
    StreamsClientSupplier clients,
    PartitionOpener opener,
    RecoveryCounters recoveries,
    Set<String> published,
    Map<AlertGroup, LongAdder> raised,
    ArrivalAges ages,
    LongAdder redelivered,
    StuckPartitions stuck,
    BooleanSupplier isOneOfSeveral,
    Map<Integer, OwnedPartition> owned) {

  TaskContext(
      SchemaRegistry registry,
      EngineConfig engineConfig,
      int partitions,
      int postingsInMemoryMax,
      RegistryOutageWait registryWait,
      EndOffsets ends,
      StreamsClientSupplier clients,
      PartitionOpener opener,
      BooleanSupplier isOneOfSeveral) {
    this(
        registry,
        engineConfig,
        partitions,
        postingsInMemoryMax,
        registryWait,
        ends,
        clients,
        opener,
        new RecoveryCounters(),
        ConcurrentHashMap.newKeySet(),
        new ConcurrentHashMap<>(),
        new ArrivalAges(),
        new LongAdder(),
        new StuckPartitions(),
        isOneOfSeveral,
        new ConcurrentHashMap<>());
  }

  /** The input positions of the calling stream thread. */
  InputPositions inputs() {
    return clients.inputs();
  }
}
