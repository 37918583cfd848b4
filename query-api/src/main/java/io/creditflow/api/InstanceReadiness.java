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

/** The report behind {@code /health/ready}: a status, and details of each part it depends on. */
final class InstanceReadiness implements Readiness {
  static final String STOPPING = "STOPPING";
  private static final String DRAINING = "DRAINING";

  /** Well beyond the longest step that a stream thread takes between two polls. */
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

  /** The pipeline is being started, which may take until the registry answers. */
  void starting(CreditPipeline startingPipeline) {
    pipeline = startingPipeline;
  }

  /** From now on the report covers pipeline, Kafka and partitions. */
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
    LagMonitor looking = lag;
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("version", ProductVersion.current().number());
    details.put("instance", instanceId);
    details.put("address", placement.self());
    if (looking == null) {
      return notStarted(details);
    }
    CreditPipeline running = pipeline;
    boolean hasKafka = looking.isFresh();
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
   * of records that the topic holds up to where it was read, less those received. Reads the state,
   * so it is called from time to time and not for each report.
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
        // Its owner by now reports it.
      }
    }
    unreceived = missing;
  }

  private Report notStarted(Map<String, Object> details) {
    CreditPipeline starting = pipeline;
    String registryIsAway = starting == null ? null : starting.waitingFor();
    if (isStopping) {
      details.put("waitingFor", null);
      return new Report(false, STOPPING, details);
    } else if (registryIsAway != null) {
      details.put("waitingFor", registryIsAway);
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
