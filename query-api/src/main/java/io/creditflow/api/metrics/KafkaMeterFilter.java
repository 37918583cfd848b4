package io.creditflow.api.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Set;

/**
 * Selects which meters of the Kafka clients are exported. Kafka Streams registers thousands, most
 * of them per partition, store or broker; with twelve partitions a scrape has 4,300 lines. The
 * filter accepts only those that operators need and that Creditflow's own meters do not cover.
 */
final class KafkaMeterFilter implements MeterFilter {
  private static final String CLIENTS = "kafka.";
  private static final String LAG = "kafka.consumergroup";
  private static final String STORE = "kafka.stream.state.";
  private static final String TASK = "kafka.stream.task.";

  /** Meters of a partition's RocksDB store that are exported. */
  private static final Set<String> STORE_METERS =
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

  /** Meters of a partition's task that are exported. */
  private static final Set<String> TASK_METERS =
      Set.of(
          "process.total",
          "process.latency.max",
          "dropped.records.total",
          "restore.total",
          "restore.remaining.records.total");

  /** Parts of the names of meters of the network client, which are not exported. */
  private static final List<String> NETWORK_NAME_PARTS =
      List.of("authentication", ".select.", ".io.", ".node.", ".size.avg", ".size.max", "throttle");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String name = id.getName();
    if (!name.startsWith(CLIENTS) || name.startsWith(LAG)) {
      return MeterFilterReply.NEUTRAL;
    }
    return isExported(name, id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
  }

  private static boolean isExported(String name, Meter.Id id) {
    if (id.getTag("rocksdb.state.id") != null || id.getTag("rocksdb-state-id") != null) {
      return name.startsWith(STORE) && STORE_METERS.contains(name.substring(STORE.length()));
    }
    if (name.startsWith(TASK)) {
      return TASK_METERS.contains(name.substring(TASK.length()));
    }
    return !name.startsWith(STORE)
        && !name.startsWith("kafka.stream.topic.")
        && !name.startsWith("kafka.stream.processor.node.")
        && !name.startsWith("kafka.stream.record.cache.")
        && !name.startsWith("kafka.admin.")
        && !name.endsWith(".rate") // each rate has a corresponding total
        && id.getTag("partition") == null
        && NETWORK_NAME_PARTS.stream().noneMatch(name::contains);
  }
}
