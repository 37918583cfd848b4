package io.creditflow.bench.flink;

import io.creditflow.bench.pipeline.JobSpec;
import io.creditflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Counts credits with a Flink job in local mode: deduplicates by event id, then sums per campaign,
 * per campaign and day, and per workspace. All state is in RocksDB with exactly-once checkpoints.
 * It has no ledger, no hours and no alerts, and its state cannot be queried while it runs.
 */
public final class FlinkApp {
  private static final long CHECKPOINT_MILLIS = 500;
  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);
  private static final Duration DRAIN = Duration.ofMinutes(2);

  private FlinkApp() {}

  public static void main(String[] arguments) throws Exception {
    JobSpec job = JobSpec.of(arguments);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings(job.directory()));
    environment.enableCheckpointing(CHECKPOINT_MILLIS, CheckpointingMode.EXACTLY_ONCE);
    environment
        .fromSource(source(job), WatermarkStrategy.noWatermarks(), "events")
        .keyBy(event -> event.workspaceId)
        .process(new CountingFunction())
        .sinkTo(new FlinkOutput());
    JobClient running = environment.executeAsync("credits");
    job.awaitFinish();
    // Draining ends the input, so that the timers fire and emit the totals.
    running.stopWithSavepoint(
            true,
            job.directory().resolve("savepoint").toUri().toString(),
            SavepointFormatType.NATIVE)
        .get(DRAIN.toSeconds(), TimeUnit.SECONDS);
    running.getJobExecutionResult().get(DRAIN.toSeconds(), TimeUnit.SECONDS);
    job.writeTotals(FlinkOutput.lines());
    System.exit(0);
  }

  private static Configuration settings(Path directory) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, ROCKSDB_MEMORY);
    settings.setString("io.tmp.dirs", directory.toString());
    return settings;
  }

  private static KafkaSource<FlinkEvent> source(JobSpec job) {
    return KafkaSource.<FlinkEvent>builder()
        .setBootstrapServers(job.bootstrapServers())
        .setGroupId(job.group())
        .setTopics(List.of(Topics.LEAD_SOURCED, Topics.PHONE_REVEALED, Topics.CREDIT_GRANTS))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("max.poll.records", "4000")
        .setProperty("commit.offsets.on.checkpoint", "true")
        .setDeserializer(new FlinkEventSchema(job.registryUrl()))
        .build();
  }
}
