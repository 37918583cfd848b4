package io.creditflow.api;

import io.creditflow.api.health.Readiness;
import io.creditflow.api.ops.LagMonitor;
import io.creditflow.local.LocalState;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.local.PartitionProgress.TopicCounts;
import io.creditflow.streams.CreditPipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;

/** The report of {@code /health/ready}: a status, and details of each dependency. Thread-safe. */
final class InstanceReadiness implements Readiness {
  static final String STOPPING = "STOPPING";
  private static final String DRAINING = "DRAINING";

  /** Far longer than a stream thread normally takes between two polls. */
  private static final Duration STALLED = Duration.ofSeconds(20);

  private final String instanceId;
  private final PipelinePlacement placement;
  private final RegistryProbe registry;
  private final LocalState localState;
  private volatile CreditPipeline pipeline;
  private volatile LagMonitor lag;
  private volatile Map<String, Long> unreceived = Map.of();
  private volatile boolean isStopping;
  private volatile boolean isDraining;

  InstanceReadiness(
      String instanceId,
      PipelinePlacement placement,
      RegistryProbe registry,
      LocalState localState) {
    this.instanceId = instanceId;
    this.placement = placement;
    this.registry = registry;
    this.localState = localState;
  }

  /** Sets the pipeline that is starting. It may wait for the schema registry. */
  void starting(CreditPipeline startingPipeline) {
    pipeline = startingPipeline;
  }

  /**
   * To be called when the pipeline has started: reports now cover pipeline, Kafka and partitions.
   */
  void started(LagMonitor startedLag) {
    lag = startedLag;
  }

  void stopping() {
    isStopping = true;
  }

  /** The instance hands its partitions over and will end. */
  void draining() {
    isDraining = true;
  }

  @Override
  public Report report() {
    LagMonitor lagMonitor = lag;
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("version", ProductVersion.current().number());
    details.put("instance", instanceId);
    details.put("address", placement.self());
    if (lagMonitor == null) {
      return notStarted(details);
    }
    CreditPipeline running = pipeline;
    boolean hasKafka = lagMonitor.isFresh();
    details.put("pipeline", running.state().name());
    details.put("kafka", hasKafka ? "UP" : "DOWN");
    details.put("registry", registry.isReachable() ? "UP" : "DOWN");
    boolean isStalled = running.stalledFor().compareTo(STALLED) > 0;
    details.put(
        "waitingFor",
        running.waitingFor() == null && isStalled ? running.stalledBy() : running.waitingFor());
    details.put("haltedPartitions", running.haltedPartitions());
    details.put("lastFailure", running.lastFailure());
    details.put("stuck", running.stuck().stream().map(Object::toString).toList());
    details.put("partitionsOwned", placement.activeCount());
    details.put("unreceived", unreceived);
    details.put("partitionsCopied", placement.standbyCount());
    String status = status(running, hasKafka);
    return new Report(status.equals("UP"), status, details);
  }

  /**
   * Refreshes {@code unreceived}: for each topic and partition that this instance owns, the number
   * of records that the topic holds up to the position read, minus the number received. It reads
   * the state, so it runs periodically and not for each report.
   */
  void checkReceived() {
    Map<String, Long> missing = new TreeMap<>();
    for (int partition : placement.partitionsOwned()) {
      try {
        for (TopicCounts topic : localState.progress(partition).topics()) {
          if (topic.unreceived() != 0) {
            missing.put(topic.topic() + "-" + partition, topic.unreceived());
          }
        }
      } catch (PartitionNotLocalException moving) {
        // The new owner reports it.
      }
    }
    unreceived = missing;
  }

  private Report notStarted(Map<String, Object> details) {
    CreditPipeline starting = pipeline;
    String registryWait = starting == null ? null : starting.waitingFor();
    if (isStopping) {
      details.put("waitingFor", null);
      return new Report(false, STOPPING, details);
    } else if (registryWait != null) {
      details.put("waitingFor", registryWait);
      return new Report(false, "WAITING_FOR_REGISTRY", details);
    }
    details.put("waitingFor", "Kafka and its topics");
    return new Report(false, "STARTING", details);
  }

  private String status(CreditPipeline running, boolean hasKafka) {
    if (isDraining || isStopping) {
      return isDraining ? DRAINING : STOPPING;
    }
    if (running.waitingFor() != null) {
      return "WAITING_FOR_REGISTRY";
    }
    if (!running.stuck().isEmpty()) {
      return "STUCK";
    }
    KafkaStreams.State state = running.state();
    if (state != KafkaStreams.State.RUNNING) {
      return state.name();
    }
    if (!hasKafka) {
      return "WAITING_FOR_KAFKA";
    }
    if (!running.haltedPartitions().isEmpty()) {
      return "PARTITION_HALTED";
    }
    return running.stalledFor().compareTo(STALLED) > 0 ? "STALLED" : "UP";
  }
}
