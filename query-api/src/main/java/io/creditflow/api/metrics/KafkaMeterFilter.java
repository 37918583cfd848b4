package io.creditflow.api.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Set;

/**
 * Which of the clients' meters are shown. Kafka Streams keeps thousands, most of them once for each
 * partition, store or broker: twelve partitions alone made a scrape of 4,300 lines. Kept is what
 * tells an operator something that no meter of ours does.
 */
final class KafkaMeterFilter implements MeterFilter {
  private static final String CLIENTS = "kafka.";
  private static final String LAG = "kafka.consumergroup";
  private static final String STORE = "kafka.stream.state.";
  private static final String TASK = "kafka.stream.task.";

  /** Of each partition's RocksDB. */
  private static final Set<String> OF_STORES =
      Set.of(
          "total.sst.files.size",
          "estimate.num.keys",
          "size.all.mem.tables",
          "estimate.table.readers.mem",
          "block.cache.usage",
          "block.cache.capacity",
          "estimate.pending.compaction.bytes",
          "num.running.compactions",
          "background.errors",
          "num.open.iterators",
          "oldest.iterator.open.since.ms",
          "iterator.duration.max",
          "put.all.latency.max",
          "range.latency.max");

  /** Of each partition's task. */
  private static final Set<String> OF_TASKS =
      Set.of(
          "process.total",
          "process.latency.max",
          "dropped.records.total",
          "restore.total",
          "restore.remaining.records.total");

  /** Anywhere in a name: inner workings of the network client. */
  private static final List<String> INNER =
      List.of("authentication", ".select.", ".io.", ".node.", ".size.avg", ".size.max", "throttle");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    if (!name.startsWith(CLIENTS) || name.startsWith(LAG)) {
      return MeterFilterReply.NEUTRAL;
    }
    return isKept(name, id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
  }

  private static boolean isKept(String name, Meter.Id id) {
    if (id.getTag("rocksdb.state.id") != null || id.getTag("rocksdb-state-id") != null) {
      return name.startsWith(STORE) && OF_STORES.contains(name.substring(STORE.length()));
    }
    if (name.startsWith(TASK)) {
      return OF_TASKS.contains(name.substring(TASK.length()));
    }
    return !name.startsWith(STORE)
        && !name.startsWith("kafka.stream.topic.")
        && !name.startsWith("kafka.stream.processor.node.")
        && !name.startsWith("kafka.stream.record.cache.")
        && !name.startsWith("kafka.admin.")
        && !name.endsWith(".rate") // what has a rate has a total, too
        && id.getTag("partition") == null
        && INNER.stream().noneMatch(name::contains);
  }
}
