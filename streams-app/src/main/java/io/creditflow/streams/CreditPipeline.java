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
import org.apache.kafka.clients.consumer.ConsumerConfig;
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

/** The running pipeline of this process: counts the partitions it owns, keeps copies of others. */
public final class CreditPipeline implements AutoCloseable {
  /** The largest row of the changelog, in bytes: what its topic must take. */
  public static final long ROW_BYTES_MAX = StreamsProperties.REQUEST_BYTES_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(CreditPipeline.class);
  private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofSeconds(1).toNanos();

  private final PipelineSettings settings;
  private final EndOffsets ends;
  private final StreamsClientSupplier clients;
  private final PartitionOpener opener;
  private final TaskContext taskContext;
  private final KafkaStreams streams;
  private final StoreLocalState localState;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> thrownOut = new CompletableFuture<>();
  private volatile String lastFailure;
  private volatile boolean closing;

  public CreditPipeline(PipelineSettings settings, SchemaRegistry registry) {
    this.settings = settings;
    ends = new EndOffsets(settings.partitions());
    clients = new StreamsClientSupplier();
    opener = new PartitionOpener(settings.threads());
    RegistryRetry registryWait = new RegistryRetry();
    taskContext =
        new TaskContext(
            new RetryingSchemaRegistry(registry, registryWait::pause),
            settings.rules(),
            settings.partitions(),
            settings.postingsInMemoryMax(),
            registryWait,
            ends,
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

  /** Starts counting; the topics must be there. */
  public void start() {
    Map<String, Object> client = new HashMap<>(settings.kafka());
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    client.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-end-offsets");
    Admin admin = Admin.create(client);
    ends.start(admin);
    opener.proveBy(new ChangelogEnd(admin, StreamsProperties.changelog(settings), consumer()));
    taskContext
        .published()
        .addAll(PublishedAlerts.read(settings, taskContext.registry(), taskContext.registryWait()));
    streams.start();
  }

  private Map<String, Object> consumer() {
    Map<String, Object> consumer = new HashMap<>(settings.kafka());
    consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return consumer;
  }

  /** A thread that fails is replaced, after a pause: whatever ails it may pass. */
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
        thrownOut.completeAsync(() -> null);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    }
    taskContext.stuck().failed(failure);
    LOG.error("A stream thread failed and is replaced in a second", failure);
    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /**
   * Completes when another process has taken this instance's name in the group; nothing is counted
   * here from then on.
   */
  public CompletableFuture<Void> thrownOut() {
    return thrownOut;
  }

  public LocalState localState() {
    return localState;
  }

  public KafkaStreams.State state() {
    return streams.state();
  }

  /** For binding metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Completed with the reason, in words, when this process must end: it can never count. */
  public CompletionStage<String> ended() {
    return ended;
  }

  /** What processing waits for, in words; null if it does not. */
  public String waitingFor() {
    return taskContext.registryWait().waitingFor();
  }

  /** Partitions whose counting fails again and again at one place. */
  public List<StuckPartitions.Stuck> stuck() {
    return taskContext.stuck().all();
  }

  /** The last failure of a stream thread, in words; null if there was none. */
  public String lastFailure() {
    return lastFailure;
  }

  /** Who owns a partition and who keeps copies, as this instance last heard; for all partitions. */
  public List<Placement> placements() {
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
    List<Placement> placements = new ArrayList<>();
    for (int i = 0; i < settings.partitions(); i++) {
      placements.add(new Placement(i, owners[i], List.copyOf(standbys.get(i))));
    }
    return placements;
  }

  /**
   * Where a partition's state is.
   *
   * @param owner null while nobody is known to own it
   */
  public record Placement(int partition, HostInfo owner, List<HostInfo> standbys) {}

  /**
   * By partition, the changelog records that this process has still to read of the state it keeps,
   * as owner or as standby. Asks the broker: not for a hot path.
   */
  public Map<Integer, Long> changelogLag() {
    Map<String, Map<Integer, LagInfo>> stores = streams.allLocalStorePartitionLags();
    Map<Integer, Long> behind = new TreeMap<>();
    stores
        .getOrDefault(CreditTopology.STATE_STORE, Map.of())
        .forEach((partition, lag) -> behind.put(partition, lag.offsetLag()));
    return behind;
  }

  private boolean isOneOfSeveral() {
    try {
      return streams.metadataForAllStreamsClients().size() > 1;
    } catch (IllegalStateException stopping) {
      return false;
    }
  }

  /** Alerts published since this process began. */
  public Map<AlertGroup, Long> alertsRaised() {
    Map<AlertGroup, Long> raised = new HashMap<>();
    taskContext.raised().forEach((of, count) -> raised.put(of, count.sum()));
    return raised;
  }

  /** By topic, how old events were when they arrived, since this process began. */
  public Map<String, ArrivalAges.Ages> arrivalAges() {
    return taskContext.ages().byTopic();
  }

  /** Why partitions that this process owns are not counted, by partition. */
  public Map<Integer, String> haltedPartitions() {
    Map<Integer, String> halted = new TreeMap<>();
    taskContext
        .owned()
        .forEach(
            (partition, state) -> {
              String why = state.haltedBy();
              if (why != null) {
                halted.put(partition, why);
              }
            });
    return halted;
  }

  /** Times that a topic was read again since this process began, as offsets led beyond a state. */
  public long offsetRewinds() {
    return taskContext.gaps().rewoundCount();
  }

  /** Times that a state was restored again since this process began, as it was not whole. */
  public long stateRestores() {
    return taskContext.gaps().restoreCount();
  }

  /** How long the slowest stream thread has not asked for records; zero if there is none. */
  public Duration stalledFor() {
    return clients.longestStall().map(StreamsClientSupplier.Stall::since).orElse(Duration.ZERO);
  }

  /** What the slowest stream thread waits for, in words. */
  public String stalledBy() {
    return clients
        .longestStall()
        .map(
            stall ->
                "%s has not asked for records for %d s%s"
                    .formatted(
                        stall.thread(),
                        stall.since().toSeconds(),
                        stall.waitingFor() == null ? "" : ": it waits for " + stall.waitingFor()))
        .orElse(null);
  }

  /** Records passed over since this process began, because the state held them already. */
  public long redelivered() {
    return taskContext.redelivered().sum();
  }

  /** Alerts of one kind and level. */
  public record AlertGroup(AlertKind kind, AlertLevel level) {}

  @Override
  public void close() {
    close(Duration.ofSeconds(8));
  }

  /**
   * Stops counting and commits what was counted; answers whether that was done in time. The group
   * keeps its partitions for it for the session timeout: it is expected back.
   */
  public boolean close(Duration timeout) {
    return close(CloseOptions.timeout(timeout));
  }

  /** The same, but the others take its partitions over at once: it does not come back. */
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
    ends.close();
    return stopped;
  }
}
