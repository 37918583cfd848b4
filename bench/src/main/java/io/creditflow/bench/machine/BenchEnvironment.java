package io.creditflow.bench.machine;

import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.FreePorts;
import io.creditflow.testkit.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The directory, broker and registry of a benchmark. Closing it stops and deletes all of them. */
public final class BenchEnvironment implements AutoCloseable {
  private static final int BROKER_HEAP_MEGABYTES = 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ScratchDirectory scratch;
  private final Thread atExit = new Thread(this::release, "bench-stop");
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private String bootstrapServers;
  private String registryUrl;
  private Admin admin;

  private BenchEnvironment(ScratchDirectory scratch) {
    this.scratch = scratch;
  }

  /**
   * Starts broker and registry.
   *
   * @param parent where to create its directory; null for the default place, in memory if possible
   */
  public static BenchEnvironment open(Path parent) {
    BenchEnvironment environment = new BenchEnvironment(ScratchDirectory.in(parent, "bench"));
    Runtime.getRuntime().addShutdownHook(environment.atExit);
    try {
      environment.startKafka();
      return environment;
    } catch (RuntimeException e) {
      environment.close();
      throw e;
    }
  }

  private void startKafka() {
    Path addresses = scratch.path("addresses");
    ChildProcess kafka =
        keep(
            JvmCommand.withHeap(BROKER_HEAP_MEGABYTES)
                .startListener(
                    scratch.path("kafka.log"),
                    Map.of(),
                    List.of(
                        KafkaMain.class.getName(),
                        scratch.directory("broker").toString(),
                        addresses.toString())));
    Await.until(
        "Kafka is ready",
        PATIENCE,
        () -> {
          kafka.requireAlive();
          return Files.exists(addresses);
        });
    try {
      List<String> lines = Files.readAllLines(addresses);
      bootstrapServers = lines.get(0);
      registryUrl = lines.get(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    admin = keep(Admin.create(Map.of("bootstrap.servers", bootstrapServers)));
    HttpSchemaRegistry registry =
        new HttpSchemaRegistry(Map.of("schema.registry.url", registryUrl));
    for (EventType type : EventType.values()) {
      registry.register(type.subject(), type.schema());
    }
  }

  /** Creates the input topics of the contract; the product creates the other topics. */
  public void makeTopics(int partitions) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String input : Topics.INPUTS) {
      topics.add(
          new NewTopic(input, partitions, (short) 1)
              .configs(
                  Map.of(
                      "cleanup.policy", "delete",
                      "retention.ms", "-1",
                      "message.timestamp.type", "LogAppendTime")));
    }
    admin.createTopics(topics).all().get();
    // A producer that starts before a new partition has a leader may never reach that partition.
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    for (String input : Topics.INPUTS) {
      for (int i = 0; i < partitions; i++) {
        all.put(new TopicPartition(input, i), OffsetSpec.latest());
      }
    }
    admin.listOffsets(all).all().get();
  }

  /** Deletes topics of a finished run, so that the next run does not find them. */
  public void deleteTopics(Predicate<String> which) {
    Await.until(
        "topics are deleted",
        PATIENCE,
        () -> {
          List<String> found = admin.listTopics().names().get().stream().filter(which).toList();
          admin.deleteTopics(found).all().get();
          return true;
        });
  }

  public ScratchDirectory scratch() {
    return scratch;
  }

  /**
   * A free port, always the same one for the same name, so that a restarted process keeps its port.
   */
  public int port(String name) {
    return ports.computeIfAbsent(name, any -> FreePorts.take());
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public String registryUrl() {
    return registryUrl;
  }

  public Admin admin() {
    return admin;
  }

  /** Registers a part that is closed before this environment's directory is deleted. */
  public synchronized <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyStopping) {
      return;
    }
  }

  private synchronized void release() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) { // the other parts must still be closed
        System.err.println("bench: a process or client could not be closed: " + e);
      }
    }
    scratch.close();
  }
}
