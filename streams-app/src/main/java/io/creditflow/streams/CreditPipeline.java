package io.creditflow.streams;

import io.creditflow.engine.IncompatibleStateException;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.local.LocalState;
import io.creditflow.schemas.RetryingSchemaRegistry;
import io.creditflow.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka Streams application of this process. It processes the partitions that the process owns
 * and keeps standby copies of others. Thread-safe.
 */
public final class CreditPipeline implements AutoCloseable {
  /** The maximum size of a changelog record, in bytes; the changelog topic must accept it. */
  public static final long ROW_BYTES_MAX = StreamsProperties.REQUEST_BYTES_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(CreditPipeline.class);
  private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PipelineSettings settings;
  private final EndOffsets endOffsets;
  private final StreamsClientSupplier clients;
  private final PartitionOpener opener;
  private final TaskContext taskContext;
  private final KafkaStreams streams;
  private final StoreLocalState localState;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> fenced = new CompletableFuture<>();
  private volatile String lastFailure;
  private volatile boolean closing;

  public CreditPipeline(PipelineSettings settings, SchemaRegistry registry) {
    this.settings = settings;
    endOffsets = new EndOffsets(settings.partitions());
    clients = new StreamsClientSupplier();
    opener = new PartitionOpener(settings.threads());
    RegistryOutageWait registryWait = new RegistryOutageWait();
    taskContext =
        new TaskContext(
            new RetryingSchemaRegistry(registry, registryWait::pause),
            settings.engineConfig(),
            settings.partitions(),
            settings.postingsInMemoryMax(),
            registryWait,
            endOffsets,
            clients,
            opener,
            this::isOneOfSeveral);
    Properties properties = new Properties();
    properties.putAll(StreamsProperties.of(settings));
    streams = new KafkaStreams(CreditTopology.build(taskContext), properties, clients);
    streams.setUncaughtExceptionHandler(this::onFailure);
    streams.setStateListener(
        (to, from) -> LOG.info("Pipeline {} is {} (was {})", settings.applicationId(), to, from));
    localState = new StoreLocalState(streams, taskContext);
  }

  /** Starts processing. The topics must exist. */
  public void start() {
    Map<String, Object> client = settings.client();
    client.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-end-offsets");
    Admin admin = Admin.create(client);
    endOffsets.start(admin);
    opener.verifyAgainst(
        new ChangelogEnd(admin, StreamsProperties.changelog(settings), settings.client()));
    taskContext
        .published()
        .addAll(PublishedAlerts.read(settings, taskContext.registry(), taskContext.registryWait()));
    streams.start();
  }

  /**
   * Replaces a failed stream thread after a pause, because the cause may be temporary. Stops the
   * client if a replacement would fail again.
   */
  private StreamThreadExceptionResponse onFailure(Throwable failure) {
    if (closing) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    lastFailure = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IncompatibleStateException) {
        ended.complete(cause.getMessage());
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      } else if (cause instanceof FencedInstanceIdException) {
        fenced.completeAsync(() -> null);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    }
    taskContext.stuck().failed(failure);
    LOG.error("A stream thread failed and is replaced in a second", failure);
    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /**
   * Completes when another process has joined the group under this instance's name, which fences
   * this process. From then on this process processes no records.
   */
  public CompletableFuture<Void> fenced() {
    return fenced;
  }

  public LocalState localState() {
    return localState;
  }

  public KafkaStreams.State state() {
    return streams.state();
  }

  /** The Kafka Streams client, for binding its metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  /**
   * Completes when this process must end, because it cannot read the state on its disk or in the
   * changelog. The value describes the reason.
   */
  public CompletionStage<String> ended() {
    return ended;
  }

  /** A description of what processing waits for; null if it does not wait. */
  public String waitingFor() {
    return taskContext.registryWait().waitingFor();
  }

  /** Partitions that have failed at the same record or flush at least three times. */
  public List<StuckPartitions.Stuck> stuck() {
    return taskContext.stuck().all();
  }

  /** A description of the last failure of a stream thread; null if there was none. */
  public String lastFailure() {
    return lastFailure;
  }

  /** The owner and the standbys of all partitions, as of the last rebalance. */
  public List<PartitionHosts> placements() {
    HostInfo[] owners = new HostInfo[settings.partitions()];
    List<List<HostInfo>> standbys = new ArrayList<>();
    for (int i = 0; i < settings.partitions(); i++) {
      standbys.add(new ArrayList<>());
    }
    for (StreamsMetadata host : streams.metadataForAllStreamsClients()) {
      for (TopicPartition owned : host.topicPartitions()) {
        owners[owned.partition()] = host.hostInfo();
      }
      for (TopicPartition copied : host.standbyTopicPartitions()) {
        standbys.get(copied.partition()).add(host.hostInfo());
      }
    }
    List<PartitionHosts> placements = new ArrayList<>();
    for (int i = 0; i < settings.partitions(); i++) {
      placements.add(new PartitionHosts(i, owners[i], List.copyOf(standbys.get(i))));
    }
    return placements;
  }

  /**
   * The instances that hold a partition's state.
   *
   * @param owner null while no owner is known
   * @param standbys the instances with a standby copy
   */
  public record PartitionHosts(int partition, HostInfo owner, List<HostInfo> standbys) {}

  /**
   * For each partition that this process holds as owner or standby, the number of changelog records
   * that it has not read yet. Queries the brokers, so do not call it often.
   */
  public Map<Integer, Long> changelogLag() {
    Map<String, Map<Integer, LagInfo>> stores = streams.allLocalStorePartitionLags();
    Map<Integer, Long> lags = new TreeMap<>();
    stores
        .getOrDefault(CreditTopology.STATE_STORE, Map.of())
        .forEach((partition, lag) -> lags.put(partition, lag.offsetLag()));
    return lags;
  }

  private boolean isOneOfSeveral() {
    try {
      return streams.metadataForAllStreamsClients().size() > 1;
    } catch (IllegalStateException stopping) {
      return true;
    }
  }

  /** The number of alerts published since this process started, by kind and level. */
  public Map<AlertGroup, Long> alertsRaised() {
    Map<AlertGroup, Long> raised = new HashMap<>();
    taskContext.raised().forEach((group, count) -> raised.put(group, count.sum()));
    return raised;
  }

  /** How old events are when they arrive, by topic, since this process started. */
  public Map<String, ArrivalAges.Ages> arrivalAges() {
    return taskContext.ages().byTopic();
  }

  /** The halted partitions of this process; for each partition number, the reason. */
  public Map<Integer, String> haltedPartitions() {
    Map<Integer, String> halted = new TreeMap<>();
    taskContext
        .owned()
        .forEach(
            (partition, state) -> {
              String reason = state.haltedBy();
              if (reason != null) {
                halted.put(partition, reason);
              }
            });
    return halted;
  }

  /**
   * How often, since this process started, a topic was read again because its offsets were ahead of
   * the state.
   */
  public long offsetRewinds() {
    return taskContext.recoveries().rewoundCount();
  }

  /**
   * How often, since this process started, a state was restored again because it was incomplete.
   */
  public long stateRestores() {
    return taskContext.recoveries().restoreCount();
  }

  /**
   * The time since the last poll of the thread that polled longest ago; zero if there is no thread.
   */
  public Duration stalledFor() {
    return clients.longestStall().map(StreamsClientSupplier.Stall::since).orElse(Duration.ZERO);
  }

  /** Names the thread that {@link #stalledFor} measures, and what it waits for; null if none. */
  public String stalledBy() {
    return clients
        .longestStall()
        .map(
            stall ->
                "%s has not polled for %d s%s"
                    .formatted(
                        stall.thread(),
                        stall.since().toSeconds(),
                        stall.waitingFor() == null ? "" : ": it waits for " + stall.waitingFor()))
        .orElse(null);
  }

  /** The number of records skipped since this process started, because they were counted before. */
  public long redelivered() {
    return taskContext.redelivered().sum();
  }

  /** A group of alerts that share a counter: all alerts of one kind and level. */
  public record AlertGroup(AlertKind kind, AlertLevel level) {}

  @Override
  public void close() {
    close(Duration.ofSeconds(8));
  }

  /**
   * Stops processing and commits. The process stays a static member of the group, so its partitions
   * stay assigned to it for session.timeout.ms.
   *
   * @return whether the pipeline has stopped within the timeout
   */
  public boolean close(Duration timeout) {
    return close(CloseOptions.timeout(timeout));
  }

  /**
   * Stops processing, commits and leaves the group, so that other instances take over the
   * partitions at once.
   *
   * @return whether the pipeline has stopped within the timeout
   */
  public boolean handOver(Duration timeout) {
    return close(
        CloseOptions.timeout(timeout)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
  }

  private boolean close(CloseOptions options) {
    closing = true;
    taskContext.registryWait().stop();
    boolean stopped = streams.close(options);
    opener.close();
    endOffsets.close();
    return stopped;
  }
}
