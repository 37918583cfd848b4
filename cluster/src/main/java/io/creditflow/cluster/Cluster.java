package io.creditflow.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.quickstart.broker.BrokerListener;
import io.creditflow.quickstart.broker.NodeConfig;
import io.creditflow.schemas.Partitioning;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** Brokers, registry and instances, each in its own process. Closing the cluster kills them all. */
public final class Cluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClusterPlan plan;
  private final Path root;
  private final String clusterId = Uuid.randomUuid().toString();
  private final SigningKey key;
  private final List<Integer> clientPorts;
  private final List<List<BrokerListener>> listeners = new ArrayList<>();
  private final Optional<Path> fakeTime;
  private final Optional<Path> badDisk;
  private final int registryPort;
  private final List<ClusterProcess> brokers = new ArrayList<>();
  private final ClusterProcess registry;
  private final List<InstanceProcess> instances = new ArrayList<>();
  private final List<InstanceProcess> namesakes = new ArrayList<>();

  private Cluster(ClusterPlan plan, Path root) {
    this.plan = plan;
    this.root = root;
    try {
      Files.createDirectories(logs());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + root, e);
    }
    key = SigningKey.in(root.resolve("keys"));
    fakeTime = plan.supportsFaults() ? SimulatedMachine.fakeTimeLibrary() : Optional.empty();
    badDisk =
        plan.supportsFaults()
            ? SimulatedMachine.badDiskLibrary(root.resolve("lib"))
            : Optional.empty();
    int direct = 2 * plan.brokers() + 1 + 4 * plan.instances();
    List<Integer> ports = FreePorts.take(direct + 2 * plan.brokers() * plan.instances());
    Iterator<Integer> more = ports.subList(direct, ports.size()).iterator();
    clientPorts = ports.subList(0, plan.brokers());
    List<Integer> controllerPorts = ports.subList(plan.brokers(), 2 * plan.brokers());
    registryPort = ports.get(2 * plan.brokers());
    for (int number = 0; number < plan.brokers(); number++) {
      listeners.add(plan.supportsFaults() ? listeners(more) : List.of());
      brokers.add(broker(number, controllerPorts));
    }
    registry = registryNode();
    for (int number = 0; number < plan.instances(); number++) {
      int first = 2 * plan.brokers() + 1 + 4 * number;
      String name = "instance-" + (number + 1);
      List<TcpProxy> proxies = proxies(number);
      instances.add(instance(number, name, proxies, ports.get(first), ports.get(first + 1)));
      String other = name + "-namesake";
      namesakes.add(instance(number, other, proxies, ports.get(first + 2), ports.get(first + 3)));
    }
  }

  /** Starts brokers and registry. The caller starts the instances. */
  public static Cluster start(ClusterPlan plan, Path root) {
    Cluster cluster = new Cluster(plan, root);
    try {
      cluster.brokers.forEach(ClusterProcess::start);
      cluster.registry.start();
      cluster.brokers.forEach(ClusterProcess::awaitReady);
      cluster.registry.awaitReady();
      return cluster;
    } catch (RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /** All processes, each after those that it depends on. */
  public List<ClusterProcess> nodes() {
    return Stream.of(brokers.stream(), Stream.of(registry), instances.stream())
        .<ClusterProcess>flatMap(some -> some)
        .toList();
  }

  public List<ClusterProcess> brokers() {
    return brokers;
  }

  public ClusterProcess registry() {
    return registry;
  }

  public List<InstanceProcess> instances() {
    return instances;
  }

  public InstanceProcess instance(int number) {
    return instances.get(number);
  }

  /** For each instance, a second process with the same instance id but its own ports and state. */
  public List<InstanceProcess> namesakes() {
    return namesakes;
  }

  public int partitions() {
    return plan.partitions();
  }

  /** The partition that Kafka's default partitioner assigns to a workspace. */
  public int partitionOf(String workspaceId) {
    return Partitioning.partitionOf(workspaceId, plan.partitions());
  }

  /**
   * The owner of each partition according to one instance; empty if that instance does not answer.
   *
   * @return addresses by partition
   */
  public Map<Integer, String> owners(InstanceProcess asked) {
    Map<Integer, String> owners = new HashMap<>();
    try {
      HttpResponse<byte[]> lag = new ApiClient(asked.url(), token()).get("/v1/ops/lag");
      if (lag.statusCode() == 200) {
        for (JsonNode row : JSON.readTree(lag.body()).path("partitions")) {
          owners.put(row.path("partition").asInt(), row.path("owner").asText());
        }
      }
    } catch (IOException notNow) {
      owners.clear();
    }
    return owners;
  }

  public String bootstrapServers() {
    return addresses(clientPorts.stream());
  }

  private static String addresses(Stream<Integer> ports) {
    return ports.map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  public String registryUrl() {
    return "http://127.0.0.1:" + registryPort;
  }

  /** A token that is valid for a day and has all permissions. */
  public String token() {
    return key.token(
        "cluster",
        List.of("*"),
        List.of("credits:read", "ops:read"),
        Instant.now(),
        Duration.ofDays(1));
  }

  public Path logs() {
    return root.resolve("logs");
  }

  @Override
  public void close() {
    List<ClusterProcess> all = new ArrayList<>(nodes());
    Collections.reverse(all);
    all.forEach(ClusterProcess::kill);
    namesakes.forEach(ClusterProcess::kill);
    instances.forEach(instance -> instance.proxies().forEach(TcpProxy::close));
  }

  /** The listeners of one broker, one for each instance. */
  private List<BrokerListener> listeners(Iterator<Integer> ports) {
    List<BrokerListener> made = new ArrayList<>();
    for (int number = 1; number <= plan.instances(); number++) {
      made.add(new BrokerListener("INSTANCE" + number, ports.next(), ports.next()));
    }
    return made;
  }

  private ClusterProcess broker(int number, List<Integer> controllerPorts) {
    String name = "broker-" + (number + 1);
    NodeConfig node =
        new NodeConfig(
            number + 1, clusterId, clientPorts.get(number), controllerPorts, listeners.get(number));
    SimulatedMachine machine = new SimulatedMachine(fakeTime, Optional.empty(), root.resolve(name));
    return new ClusterProcess(
        name,
        log(name),
        log ->
            launch(
                log,
                List.of("-Xms96m", "-Xmx384m"),
                machine.environment(),
                BrokerMain.class.getName(),
                BrokerMain.arguments(root.resolve(name), node)),
        listens(clientPorts.get(number)),
        machine);
  }

  private ClusterProcess registryNode() {
    return new ClusterProcess(
        "registry",
        log("registry"),
        log ->
            launch(
                log,
                List.of("-Xmx64m"),
                Map.of(),
                RegistryMain.class.getName(),
                root.resolve("schemas.json").toString(),
                Integer.toString(registryPort)),
        listens(registryPort),
        new SimulatedMachine(Optional.empty(), Optional.empty(), root.resolve("registry")));
  }

  /** The proxies from one instance to all brokers. */
  private List<TcpProxy> proxies(int number) {
    return ownListeners(number).stream()
        .map(listener -> new TcpProxy(listener.advertisedPort(), listener.port()))
        .toList();
  }

  private List<BrokerListener> ownListeners(int number) {
    return plan.supportsFaults()
        ? listeners.stream().map(all -> all.get(number)).toList()
        : List.of();
  }

  private InstanceProcess instance(
      int number, String name, List<TcpProxy> proxies, int port, int managementPort) {
    Path state = root.resolve(name);
    Map<String, String> environment = new HashMap<>();
    List<BrokerListener> own = ownListeners(number);
    SimulatedMachine machine = new SimulatedMachine(fakeTime, badDisk, state);
    environment.put(
        "CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS",
        own.isEmpty()
            ? bootstrapServers()
            : addresses(own.stream().map(BrokerListener::advertisedPort)));
    environment.put("CREDITFLOW_REGISTRY_URL", registryUrl());
    environment.put("CREDITFLOW_AUTH_JWKS", key.jwks().toString());
    environment.put("CREDITFLOW_INSTANCE_ID", "instance-" + (number + 1));
    environment.put("CREDITFLOW_STATE_DIR", state.toString());
    environment.put("CREDITFLOW_PARTITIONS", Integer.toString(plan.partitions()));
    environment.put("CREDITFLOW_HTTP_PORT", Integer.toString(port));
    environment.put("CREDITFLOW_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("CREDITFLOW_ROCKSDB_MEMORY", "32MiB");
    environment.putAll(plan.settings());
    ApiClient api = new ApiClient("http://127.0.0.1:" + port, "");
    return new InstanceProcess(
        name,
        log(name),
        log -> {
          Map<String, String> now = new HashMap<>(environment);
          now.putAll(machine.environment());
          return launch(log, List.of("-Xms64m", "-Xmx320m"), now, "io.creditflow.api.Creditflow");
        },
        api::isReady,
        port,
        managementPort,
        state,
        machine,
        proxies);
  }

  /** Starts a small JVM with this process's class path. */
  private static ChildProcess launch(
      Path log,
      List<String> heap,
      Map<String, String> environment,
      String mainClass,
      String... arguments) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=cluster-logback.xml"));
    flags.addAll(heap);
    List<String> command = new ArrayList<>(List.of(mainClass));
    command.addAll(List.of(arguments));
    return ChildProcess.java(
        log, environment, System.getProperty("java.class.path"), flags, command);
  }

  private Path log(String name) {
    return logs().resolve(name + ".txt");
  }

  private static Callable<Boolean> listens(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return true;
      } catch (IOException notYet) {
        return false;
      }
    };
  }
}
