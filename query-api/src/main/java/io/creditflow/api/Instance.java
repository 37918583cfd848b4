package io.creditflow.api;

import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.Settings;
import io.creditflow.api.metrics.ProcessMetrics;
import io.creditflow.api.ops.BrokerClocks;
import io.creditflow.api.ops.LagMonitor;
import io.creditflow.api.ops.OldestUnprocessed;
import io.creditflow.api.ops.RejectedReader;
import io.creditflow.api.topics.KafkaRejectedException;
import io.creditflow.api.topics.TopicSetup;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.RegistryConfig;
import io.creditflow.streams.CreditPipeline;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of Creditflow. It starts the HTTP servers first, so that health checks are answered
 * from the beginning, then checks the topics, then starts the pipeline.
 */
public final class Instance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(6);

  /**
   * How long the instance still answers requests after it has handed over its partitions. By then
   * load balancers have noticed that it is not ready.
   */
  private static final Duration ANSWERING_AFTER_HANDOVER = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final String instanceId;
  private final PipelinePlacement placement = new PipelinePlacement();
  private final DeferredLocalState localState = new DeferredLocalState();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMetrics metrics = new ProcessMetrics(meters);
  private final RegistryProbe registryProbe;
  private final InstanceReadiness readiness;
  private final HttpServers http;
  private final ScheduledExecutorService periodicTasks =
      Executors.newScheduledThreadPool(3, Instance::periodicThread);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final AtomicBoolean isDraining = new AtomicBoolean();
  private volatile CreditPipeline pipeline;

  /** Closed in reverse order of opening. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Instance(Configuration configuration, String instanceId) {
    this.configuration = configuration;
    this.instanceId = instanceId;
    this.registryProbe = new RegistryProbe(configuration);
    this.readiness = new InstanceReadiness(instanceId, placement, registryProbe, localState);
    this.http =
        HttpServers.start(
            configuration,
            new HttpServers.Dependencies(localState, placement, readiness, meters, this::drain),
            Clock.systemUTC());
  }

  /**
   * Starts an instance and returns when its pipeline has started; the pipeline may not have caught
   * up yet. Waits for the broker without a time limit.
   *
   * @throws RuntimeException if the instance cannot start; the message is for operators, and
   *     nothing is left running
   */
  public static Instance start(Configuration configuration) throws InterruptedException {
    Path stateDirectory = Path.of(configuration.get(Settings.STATE_DIRECTORY));
    String instanceId = InstanceId.of(configuration.get(Settings.INSTANCE_ID), stateDirectory);
    Instance instance = new Instance(configuration, instanceId);
    try {
      instance.startBehindHttp();
      return instance;
    } catch (RuntimeException | InterruptedException e) {
      instance.close();
      throw e;
    }
  }

  private void startBehindHttp() throws InterruptedException {
    String advertised = advertised();
    placement.self(advertised);
    metrics.bindProcess(ProductVersion.current().number(), ProductVersion.current().commit());
    LOG.info("{} on Java {}", ProductVersion.current(), Runtime.version());
    LOG.info("HTTP on port {}, management on port {}", port(), managementPort());

    Admin admin = admin("creditflow-" + instanceId);
    opened.push(
        () -> admin.close(Duration.ZERO)); // without a timeout it waits a minute for a broker
    TopicSetup topics =
        new TopicSetup(admin, ClientProperties.bootstrapServers(configuration), stopping);
    KafkaClusterId.require(
        topics.clusterId(), Path.of(configuration.get(Settings.STATE_DIRECTORY)));
    int partitions =
        topics.ensure(
            configuration.get(Settings.PARTITIONS),
            configuration.get(Settings.REPLICATION_FACTOR),
            configuration.get(Settings.APPLICATION_ID));
    placement.partitions(partitions);
    DuplicateInstanceCheck duplicates =
        new DuplicateInstanceCheck(
            admin, configuration.get(Settings.APPLICATION_ID), instanceId, advertised);
    duplicates.requireNone(stopping);

    pipeline =
        new CreditPipeline(
            PipelineSettingsFactory.settings(configuration, instanceId, advertised, partitions),
            registry());
    opened.push(() -> closePipeline(pipeline));
    LagMonitor lag = lagMonitor(admin, partitions);
    opened.push(lag);
    readiness.starting(pipeline);
    var unused = pipeline.ended().thenAccept(ended::complete);
    var unusedToo = pipeline.fenced().thenRun(() -> ended.complete(duplicates.whoTookOver()));
    pipeline.start();
    lag.start();
    localState.open(pipeline.localState());
    http.ops()
        .begin(
            lag,
            new RejectedReader(
                consumer("creditflow-rejected", "read_committed", 256 << 10), admin, registry()));
    readiness.started(lag);
    opened.push(metrics.bindStreams(pipeline.streams()));
    BrokerClocks clocks =
        new BrokerClocks(
            admin,
            consumer("creditflow-clocks", "read_uncommitted", 1 << 10),
            partitions,
            Clock.systemUTC());
    watch(pipeline, lag, clocks);
    LOG.info("Pipeline started over {} partitions as {}", partitions, instanceId);
  }

  private Admin admin(String clientId) {
    try {
      return Admin.create(ClientProperties.admin(configuration, clientId));
    } catch (KafkaException e) {
      throw KafkaRejectedException.of(ClientProperties.bootstrapServers(configuration), e);
    }
  }

  private HttpSchemaRegistry registry() {
    return new HttpSchemaRegistry(RegistryConfig.from(ClientProperties.registry(configuration)));
  }

  private LagMonitor lagMonitor(Admin admin, int partitions) {
    return new LagMonitor(
        admin,
        configuration.get(Settings.APPLICATION_ID),
        partitions,
        placement::ownerOf,
        new OldestUnprocessed(
            consumer("creditflow-oldest", "read_committed", 1 << 10), Clock.systemUTC()),
        Duration.ofSeconds(1));
  }

  private Consumer<byte[], byte[]> consumer(String clientId, String isolation, int fetchBytes) {
    Map<String, Object> properties = ClientProperties.consumer(configuration, clientId);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
    // The users seek before each read: a fetch that waits at the end of a partition delays the
    // next.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void watch(CreditPipeline pipeline, LagMonitor lag, BrokerClocks clocks) {
    metrics.bindFlag(
        "creditflow.ready",
        "1 while /health/ready answers 200, else 0",
        () -> readiness.report().isReady());
    metrics.bindFlag(
        "creditflow.registry.up",
        "1 while this instance reaches the schema registry, else 0",
        registryProbe::isReachable);
    metrics.bindFlag(
        "creditflow.waiting.for.registry",
        "1 while counting waits for the schema registry, else 0",
        () -> pipeline.waitingFor() != null);
    metrics.bindLag(lag);
    metrics.bindClocks(clocks);
    metrics.bindState(localState, placement::partitionsOwned);
    every(5_000, metrics.bindPipeline(pipeline, placement));
    every(
        500,
        () -> {
          if (placement.refresh(pipeline)) {
            http.partitionsMoved();
          }
        });
    every(5_000, readiness::checkReceived);
    every(5_000, registryProbe::check);
    every(5_000, clocks::measure);
  }

  private void every(long millis, Runnable task) {
    var unused =
        periodicTasks.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.warn("A periodic task failed; it will run again", e);
              }
            },
            0,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private static Thread periodicThread(Runnable work) {
    Thread thread = new Thread(work, "creditflow-periodic");
    thread.setDaemon(true);
    return thread;
  }

  private String advertised() {
    return configuration
        .get(Settings.ADVERTISED_ADDRESS)
        .orElseGet(() -> hostName() + ":" + managementPort());
  }

  private String hostName() {
    String host = configuration.get(Settings.MANAGEMENT_HOST);
    if (!host.equals("0.0.0.0") && !host.equals("::")) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Completed when this process must end, with the reason as text for operators. */
  public CompletionStage<String> ended() {
    return ended;
  }

  /** Completed when this instance has handed over its partitions and the process should end. */
  public CompletionStage<Void> drained() {
    return drained;
  }

  /** Starts to hand over the partitions. Requests are answered until {@link #drained} completes. */
  private void drain() {
    if (isDraining.compareAndSet(false, true)) {
      readiness.draining();
      new Thread(this::handOver, "creditflow-drain").start();
    }
  }

  private void handOver() {
    LOG.info("Draining: handing over {} partitions", placement.activeCount());
    try {
      CreditPipeline started = pipeline;
      if (started != null && !started.handOver(STOP_TIMEOUT)) {
        LOG.warn(
            "The pipeline did not stop within {}; uncommitted records will be processed again",
            STOP_TIMEOUT);
      }
      LOG.info(
          "Drained; requests are answered for {} s more", ANSWERING_AFTER_HANDOVER.toSeconds());
      stopping.await(ANSWERING_AFTER_HANDOVER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    drained.complete(null);
  }

  /** The number of the public port. */
  public int port() {
    return http.port();
  }

  public int managementPort() {
    return http.managementPort();
  }

  /** Whether /health/ready answers 200. */
  public boolean isReady() {
    return readiness.report().isReady();
  }

  /** Reports STOPPING in health checks, stops the pipeline with a commit, then stops HTTP. */
  @Override
  public void close() {
    stopping.countDown();
    readiness.stopping();
    periodicTasks.shutdownNow();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.warn("A component failed to close", e);
      }
    }
    http.close();
    LOG.info("Stopped");
  }

  private static void closePipeline(CreditPipeline pipeline) {
    if (!pipeline.close(STOP_TIMEOUT)) {
      LOG.warn(
          "The pipeline did not stop within {}; uncommitted records will be processed again",
          STOP_TIMEOUT);
    }
  }
}
