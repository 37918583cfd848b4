package io.creditflow.bench.product;

import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.GroupProgress;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import io.creditflow.bench.workload.WorkloadMix;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The product after it has processed a load. Most benchmarks start from this state.
 *
 * @param eventsPerSecond the rate at full speed, without the first fifth of the events
 */
public record LoadedProduct(
    BenchEnvironment environment,
    Workload workload,
    Publisher publisher,
    ProductProcess product,
    double eventsPerSecond) {
  public static final String GROUP = "creditflow";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Publishes a mix and waits until the product has processed it. */
  public static LoadedProduct of(
      BenchEnvironment environment, WorkloadMix mix, int partitions, JvmCommand jvm)
      throws Exception {
    environment.makeTopics(partitions);
    Workload workload = new Workload(mix);
    Publisher publisher =
        environment.keep(new Publisher(environment.bootstrapServers(), environment.registryUrl()));
    ReportFormat.progress("publishing %,d events", mix.events());
    publisher.publishVersions(workload);
    publisher.publishEvents(workload, 0, mix.events());
    publisher.flush();
    ReportFormat.progress("counting them");
    ProductProcess product = start(environment, "creditflow", jvm, Map.of());
    GroupProgress progress = new GroupProgress(environment.admin(), GROUP);
    long[] warm = new long[2];
    Await.until(
        "all events are counted",
        PATIENCE,
        () -> {
          product.child().requireAlive();
          long committed = progress.committedEvents();
          if (warm[0] == 0 && committed >= mix.events() / 5) {
            warm[0] = System.nanoTime();
            warm[1] = committed;
          }
          return committed >= mix.events() && progress.isDone();
        });
    double rate = (mix.events() - warm[1]) / ((System.nanoTime() - warm[0]) / 1e9);
    ReportFormat.progress("counted at %,.0f events/s", rate);
    product.awaitReady();
    return new LoadedProduct(environment, workload, publisher, product, rate);
  }

  /** Starts another instance of the same group, or restarts one of the same name. */
  public static ProductProcess start(
      BenchEnvironment environment, String name, JvmCommand jvm, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CREDITFLOW_INSTANCE_ID", name);
    return environment.keep(
        ProductProcess.start(environment, environment.scratch().directory(name), GROUP, jvm, all));
  }
}
