package io.creditflow.quickstart.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka node (broker and KRaft controller in one) inside this process, on 127.0.0.1 only.
 *
 * <p>All data is in one directory; a restart on that directory continues from it, even after a
 * crash. A cluster has one node, or three on the same machine. This is for trials and tests of the
 * product, not for important data.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final Path directory;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, Path directory, int port) {
    this.server = server;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts a node on the directory, which is formatted first if it is new.
   *
   * @param directory the directory for logs and metadata
   * @param port the port for clients, or 0 for any free port
   */
  public static EmbeddedBroker start(Path directory, int port) {
    int clientPort = port == 0 ? freePort() : port;
    return start(
        directory,
        new NodeConfig(
            1, Uuid.randomUuid().toString(), clientPort, List.of(freePort()), List.of()));
  }

  /** Starts a node of a cluster. The other nodes need not be running. */
  public static EmbeddedBroker start(Path directory, NodeConfig node) {
    return start(directory, node, Map.of());
  }

  /**
   * Starts a node with additional settings.
   *
   * @param more Kafka broker settings that override those of this class
   */
  public static EmbeddedBroker start(Path directory, NodeConfig node, Map<String, String> more) {
    Map<String, String> settings = settings(directory, node);
    settings.putAll(more);
    prepare(directory, node, settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException failed) {
      server.shutdown();
      throw failed;
    }
    return new EmbeddedBroker(server, directory, node.clientPort());
  }

  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** Stops the node cleanly, so that the next start needs no recovery. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try {
      StaleBrokerRegistration.markCleanStop(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(Path directory, NodeConfig node, Map<String, String> settings) {
    try {
      Files.createDirectories(directory);
      if (StaleBrokerRegistration.wasKilled(directory) && node.isAlone()) {
        StaleBrokerRegistration.unregister(settings, node);
      }
      if (!Files.exists(directory.resolve("meta.properties"))) {
        format(directory, node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void format(Path directory, NodeConfig node) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(node.nodeId())
          .setClusterId(node.clusterId())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Formatter.run declares it
      throw new IllegalStateException("Cannot format " + directory + " for Kafka", e);
    }
  }

  private static Map<String, String> settings(Path directory, NodeConfig node) {
    String clients = listeners(node, BrokerListener::port);
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(node.nodeId()));
    settings.put("controller.quorum.voters", node.voters());
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", clients + ",CONTROLLER://" + HOST + ":" + node.controllerPort());
    settings.put("advertised.listeners", listeners(node, BrokerListener::advertisedPort));
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"
            + node.listeners().stream()
                .map(listener -> "," + listener.name() + ":PLAINTEXT")
                .collect(Collectors.joining()));
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    for (BrokerListener listener : node.listeners()) {
      settings.put(
          "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".num.network.threads",
          "1");
    }
    settings.put("log.dirs", directory.toString());

    String replicas = String.valueOf(node.replicas());
    String inSyncMin = String.valueOf(node.inSyncReplicasMin());
    settings.put("default.replication.factor", replicas);
    settings.put("min.insync.replicas", inSyncMin);
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSyncMin);
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSyncMin);

    // Few internal partitions, because each costs start time and files.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");

    // A misspelt topic name is an error, and no record is deleted because of its age.
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.retention.ms", "-1");
    settings.put("offsets.retention.minutes", String.valueOf(365 * 24 * 60));

    if (node.isAlone()) {
      // A single node cannot be replaced, so its session survives a pause such as a sleeping
      // laptop.
      settings.put("broker.session.timeout.ms", String.valueOf(Duration.ofMinutes(10).toMillis()));
    }

    // After kill -9, open transactions must not delay the next start for long.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    // Sized for a laptop: the defaults reserve a 128 MB cleaner buffer and 10 MB per index file.
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
    settings.put("log.index.size.max.bytes", String.valueOf(1 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "2");
    return settings;
  }

  /** The listeners for clients: the first is for all clients, the others for one client each. */
  private static String listeners(NodeConfig node, ToIntFunction<BrokerListener> port) {
    return "PLAINTEXT://"
        + HOST
        + ":"
        + node.clientPort()
        + node.listeners().stream()
            .map(listener -> "," + listener.name() + "://" + HOST + ":" + port.applyAsInt(listener))
            .collect(Collectors.joining());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + HOST, e);
    }
  }
}
