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
 * What all tasks of this process share.
 *
 * @param partitions number of partitions of every input topic
 * @param postingsInMemoryMax postings a task holds before it flushes ahead of the commit
 * @param clients the pipeline's Kafka clients, which know the inputs of each stream thread
 * @param opener opens the state of each partition
 * @param gaps where offsets and states did not agree
 * @param published ids of alerts that were published before this process began
 * @param raised alerts that this process published
 * @param ages how old events are when they arrive
 * @param redelivered records passed over because the state held them already
 * @param stuck partitions that fail again and again
 * @param isCopied whether other instances may hold copies of the states
 * @param owned by number, the partitions that this process owns
 */
public record TaskContext(
    SchemaRegistry registry,
    EngineConfig rules,
    int partitions,
    int postingsInMemoryMax,
    RegistryRetry registryWait,
    EndOffsets ends,
    StreamsClientSupplier clients,
    PartitionOpener opener,
    RecoveryCounters gaps,
    Set<String> published,
    Map<AlertGroup, LongAdder> raised,
    ArrivalAges ages,
    LongAdder redelivered,
    StuckPartitions stuck,
    BooleanSupplier isCopied,
    Map<Integer, OwnedPartition> owned) {

  TaskContext(
      SchemaRegistry registry,
      EngineConfig rules,
      int partitions,
      int postingsInMemoryMax,
      RegistryRetry registryWait,
      EndOffsets ends,
      StreamsClientSupplier clients,
      PartitionOpener opener,
      BooleanSupplier isCopied) {
    this(
        registry,
        rules,
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
        isCopied,
        new ConcurrentHashMap<>());
  }

  /** The inputs of the stream thread that calls this. */
  InputPositions inputs() {
    return clients.inputs();
  }
}
