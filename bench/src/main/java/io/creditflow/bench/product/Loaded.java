package io.creditflow.bench.product;

import io.creditflow.bench.Report;
import io.creditflow.bench.machine.GroupProgress;
import io.creditflow.bench.machine.Jvm;
import io.creditflow.bench.machine.Site;
import io.creditflow.bench.workload.Mix;
import io.creditflow.bench.workload.Publisher;
import io.creditflow.bench.workload.Workload;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The product with a load counted, ready to be asked: where most benchmarks begin.
 *
 * @param eventsPerSecond what it counted at full speed, the first fifth left out
 */
public record Loaded(
    Site site, Workload workload, Publisher publisher, Product product, double eventsPerSecond) {
  public static final String GROUP = "creditflow";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Publishes a mix and lets the product count it. */
  public static Loaded of(Site site, Mix mix, int partitions, Jvm jvm) throws Exception {
    site.makeTopics(partitions);
    Workload workload = new Workload(mix);
    Publisher publisher = site.keep(new Publisher(site.bootstrapServers(), site.registryUrl()));
    Report.progress("publishing %,d events", mix.events());
    publisher.pictures(workload);
    publisher.events(workload, 0, mix.events());
    publisher.flush();
    Report.progress("counting them");
    Product product = start(site, "creditflow", jvm, Map.of());
    GroupProgress progress = new GroupProgress(site.admin(), GROUP);
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
    Report.progress("counted at %,.0f events/s", rate);
    product.awaitReady();
    return new Loaded(site, workload, publisher, product, rate);
  }

  /** One more instance of the same group, or the same one again. */
  public static Product start(Site site, String name, Jvm jvm, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CREDITFLOW_INSTANCE_ID", name);
    return site.keep(Product.start(site, site.scratch().directory(name), GROUP, jvm, all));
  }
}
