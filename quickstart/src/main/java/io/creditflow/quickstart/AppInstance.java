package io.creditflow.quickstart;

import io.creditflow.api.Instance;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.configuration.Setting;
import io.creditflow.api.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An instance of Creditflow in this process, with the settings of a quickstart. */
final class AppInstance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Instance instance;
  private final String group;

  private AppInstance(Instance instance, String group) {
    this.instance = instance;
    this.group = group;
  }

  /**
   * Starts the instance. {@code CREDITFLOW_*} variables apply, except those that the quickstart
   * sets itself.
   */
  static AppInstance start(Addresses addresses, Ports ports, Path stateDirectory, Path jwks)
      throws InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    set(environment, Settings.KAFKA_BOOTSTRAP_SERVERS, addresses.bootstrapServers());
    set(environment, Settings.REGISTRY_URL, addresses.schemaRegistryUrl());
    set(environment, Settings.STATE_DIRECTORY, stateDirectory.toString());
    set(environment, Settings.AUTH_JWKS, jwks.toString());
    set(environment, Settings.HTTP_HOST, "127.0.0.1");
    set(environment, Settings.HTTP_PORT, String.valueOf(ports.http()));
    set(environment, Settings.MANAGEMENT_HOST, "127.0.0.1");
    set(environment, Settings.MANAGEMENT_PORT, String.valueOf(ports.management()));
    Configuration configuration = ConfigurationReader.read(null, environment);
    return new AppInstance(
        Instance.start(configuration), configuration.get(Settings.APPLICATION_ID));
  }

  /**
   * @throws StartupException with the reason, if the instance ends instead
   */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CompletableFuture<String> ended = ended().toCompletableFuture();
    while (!instance.isReady()) {
      if (ended.isDone()) {
        throw new StartupException(ended.join());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Creditflow was not ready within " + PATIENCE.toMinutes() + " minutes");
      }
      Thread.sleep(50);
    }
  }

  /** Completes with the reason if the instance ends by itself. */
  CompletionStage<String> ended() {
    return instance.ended();
  }

  /** Completes when the instance has been drained. */
  CompletionStage<Void> drained() {
    return instance.drained();
  }

  /** Its consumer group. */
  String group() {
    return group;
  }

  @Override
  public void close() {
    instance.close();
  }

  private static void set(Map<String, String> environment, Setting<?> setting, String value) {
    environment.put(setting.variable(), value);
  }
}
