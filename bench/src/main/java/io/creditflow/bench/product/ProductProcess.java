package io.creditflow.bench.product;

import io.creditflow.api.Creditflow;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import io.creditflow.testkit.ChildProcess;
import io.creditflow.testkit.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An instance of Creditflow in its own JVM, with the product's main class. */
public final class ProductProcess implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final Pattern CHANGELOG_LAG =
      Pattern.compile("^creditflow_changelog_lag_records\\{[^}]*} (\\S+)$", Pattern.MULTILINE);

  private static final Pattern FULL_GC_COUNT =
      Pattern.compile(
          "^jvm_gc_pause_seconds_count\\{action=\"end of major GC\"[^}]*} (\\S+)$",
          Pattern.MULTILINE);

  private final ChildProcess child;
  private final ApiClient api;
  private final ApiClient management;
  private final Path directory;

  private ProductProcess(ChildProcess child, ApiClient api, ApiClient management, Path directory) {
    this.child = child;
    this.api = api;
    this.management = management;
    this.directory = directory;
  }

  /**
   * Starts an instance; does not wait until it is ready.
   *
   * @param directory the instance's directory; its state is in the subdirectory {@code state}, its
   *     log in the neighbouring file {@code NAME.log}
   * @param applicationId its application id; instances with the same id share the partitions
   * @param settings additional {@code CREDITFLOW_*} variables
   */
  public static ProductProcess start(
      BenchEnvironment environment,
      Path directory,
      String applicationId,
      JvmCommand jvm,
      Map<String, String> settings) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SigningKey key = SigningKey.in(environment.scratch().directory("keys"));
    int port = environment.port(directory + " http");
    int managementPort = environment.port(directory + " management");
    Map<String, String> variables = new HashMap<>();
    variables.put("CREDITFLOW_KAFKA_BOOTSTRAP_SERVERS", environment.bootstrapServers());
    variables.put("CREDITFLOW_REGISTRY_URL", environment.registryUrl());
    variables.put("CREDITFLOW_APPLICATION_ID", applicationId);
    variables.put("CREDITFLOW_AUTH_JWKS", key.jwks().toString());
    variables.put("CREDITFLOW_STATE_DIR", directory.resolve("state").toString());
    variables.put("CREDITFLOW_HTTP_HOST", "127.0.0.1");
    variables.put("CREDITFLOW_HTTP_PORT", Integer.toString(port));
    variables.put("CREDITFLOW_MANAGEMENT_HOST", "127.0.0.1");
    variables.put("CREDITFLOW_MANAGEMENT_PORT", Integer.toString(managementPort));
    variables.putAll(settings);
    ChildProcess child =
        jvm.start(
            directory.resolveSibling(directory.getFileName() + ".log"),
            variables,
            List.of(Creditflow.class.getName()));
    String token =
        key.token(
            "bench", List.of("*"), List.of("credits:read"), Instant.now(), Duration.ofDays(1));
    return new ProductProcess(
        child,
        new ApiClient("http://127.0.0.1:" + port, token),
        new ApiClient("http://127.0.0.1:" + managementPort, token),
        directory);
  }

  /** Waits until the instance is ready. */
  public ProductProcess awaitReady() {
    Await.until(
        "Creditflow is ready",
        READY_TIMEOUT,
        () -> {
          child.requireAlive();
          return api.isReady();
        });
    return this;
  }

  /**
   * For each partition that it holds as owner or standby, the number of changelog records that it
   * has not read yet, in no fixed order. From its metrics, which are updated every few seconds.
   */
  public List<Long> changelogLags() throws IOException {
    return CHANGELOG_LAG
        .matcher(management.text("/metrics"))
        .results()
        .map(found -> (long) Double.parseDouble(found.group(1)))
        .toList();
  }

  /** The number of full garbage collections so far. */
  public long fullGcCount() throws IOException {
    return FULL_GC_COUNT
        .matcher(management.text("/metrics"))
        .results()
        .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
        .sum();
  }

  public ApiClient api() {
    return api;
  }

  public ChildProcess child() {
    return child;
  }

  /** The CPU time and memory that the instance has used so far. */
  public ProcessUsage resourceUsage() {
    return ProcessUsage.of(child.pid());
  }

  /** The directory of the RocksDB state. */
  public Path stateDirectory() {
    return directory.resolve("state");
  }

  @Override
  public void close() {
    child.stopOrKill(STOP_TIMEOUT);
  }
}
