package io.creditflow.quickstart.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;

/**
 * A node that was killed, as its controller still knows it: alive and leading.
 *
 * <p>A broker that starts while that stands ends open transactions on the strength of it and leaves
 * out their markers once its partitions have no leader for a moment (KAFKA-20734); they would stay
 * open for ever. Only a node that is alone can meet this, as nobody else leads meanwhile. So the
 * controller runs by itself first and strikes the broker off, which then registers again.
 */
final class StaleBrokerRegistration {
  private static final String STOPPED = ".stopped-in-order";
  private static final long STRIKE_OFF_SECONDS = 60;

  private StaleBrokerRegistration() {}

  /** Whether a node ran on this directory and did not stop in order. To be asked once a start. */
  static boolean endedBadly(Path directory) throws IOException {
    return !Files.deleteIfExists(directory.resolve(STOPPED))
        && Files.exists(directory.resolve("meta.properties"));
  }

  /** Notes that the node on this directory has stopped in order. */
  static void endsWell(Path directory) throws IOException {
    Files.write(directory.resolve(STOPPED), new byte[0]);
  }

  /** Makes the controller forget the broker; the partitions stay as they are. */
  static void unregister(Map<String, String> nodeSettings, NodeConfig node) {
    String controller = EmbeddedBroker.HOST + ":" + node.controllerPort();
    Map<String, String> settings = new HashMap<>(nodeSettings);
    settings.put("process.roles", "controller");
    settings.put("listeners", "CONTROLLER://" + controller);
    settings.remove("advertised.listeners");
    settings.remove("inter.broker.listener.name");
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    try {
      server.startup();
      try (Admin admin = Admin.create(Map.of("bootstrap.controllers", controller))) {
        admin.unregisterBroker(node.nodeId()).all().get(STRIKE_OFF_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka's controller does not answer at " + controller, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was starting", e);
    } finally {
      server.shutdown();
      server.awaitShutdown();
    }
  }
}
