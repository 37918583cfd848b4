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
 * The registration of a killed broker that the controller still treats as alive and leading.
 *
 * <p>If a broker starts while such a registration exists, it ends open transactions but omits their
 * markers when its partitions briefly have no leader (KAFKA-20734). These transactions then stay
 * open forever. Only a single-node cluster is affected, because no other node can lead meanwhile.
 * Therefore the controller first runs alone and unregisters the broker, which then registers again.
 */
final class StaleBrokerRegistration {
  private static final String CLEAN_STOP_FILE = ".stopped-in-order";
  private static final long UNREGISTER_SECONDS_MAX = 60;

  private StaleBrokerRegistration() {}

  /**
   * Whether the last node on this directory did not stop cleanly. Deletes the clean-stop file, so
   * call it once per start.
   */
  static boolean wasKilled(Path directory) throws IOException {
    return !Files.deleteIfExists(directory.resolve(CLEAN_STOP_FILE))
        && Files.exists(directory.resolve("meta.properties"));
  }

  /** Records that the node on this directory has stopped cleanly. */
  static void markCleanStop(Path directory) throws IOException {
    Files.write(directory.resolve(CLEAN_STOP_FILE), new byte[0]);
  }

  /** Removes the broker's registration from the controller. Partitions do not change. */
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
        admin.unregisterBroker(node.nodeId()).all().get(UNREGISTER_SECONDS_MAX, TimeUnit.SECONDS);
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
