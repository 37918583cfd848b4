package io.creditflow.bench.freshness;

import io.creditflow.bench.MachineBenchmark;
import io.creditflow.bench.ReportFormat;
import io.creditflow.bench.ResultsPage;
import io.creditflow.bench.machine.BenchEnvironment;
import io.creditflow.bench.machine.JvmCommand;
import io.creditflow.bench.product.KeepAliveConnection;
import io.creditflow.bench.product.LoadedProduct;
import io.creditflow.bench.product.SteadyPublisher;
import io.creditflow.bench.product.VisibilityProbe;
import io.creditflow.bench.workload.WorkloadMix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The time from publishing an event until it is visible over HTTP, at several ingest rates. */
@Command(
    name = "freshness",
    header = "time from publishing to visibility: idle, and at 4,000 and 40,000 events/s")
public final class FreshnessBenchmark extends MachineBenchmark {

  private static final int[] EVENTS_PER_SECOND = {0, 4_000, 40_000};

  private static final int PARTITIONS = 12;

  /** Workspaces to which only probes are published. */
  private static final int PROBE_WORKSPACES = 12;

  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 2;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "number of events processed before the probes (${DEFAULT-VALUE})")
  private int events;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200",
      description = "probes at each ingest rate (${DEFAULT-VALUE})")
  private int samples;

  @Override
  protected void measureHere(ResultsPage page) throws Exception {
    WorkloadMix mix = WorkloadMix.usual(seed(), events).wide();
    try (BenchEnvironment environment = openEnvironment()) {
      JvmCommand jvm = jvm();
      LoadedProduct loaded = LoadedProduct.of(environment, mix, PARTITIONS, jvm);
      page.line(
          "- %,d workspaces, %,d campaigns; full speed here: %,.0f events/s; %d probes each; an"
              + " answer is asked for every %d ms; broker, publisher and client on the same machine",
          mix.workspaces(), mix.campaigns(), loaded.eventsPerSecond(), samples, POLL_MILLIS);
      List<List<String>> rows = new ArrayList<>();
      for (int eventsPerSecond : EVENTS_PER_SECOND) {
        ReportFormat.progress("probing with ingest of %,d events/s", eventsPerSecond);
        long fullGcsBefore = loaded.product().fullGcCount();
        double[] millis = probe(loaded, eventsPerSecond, samples);
        long fullGcs = loaded.product().fullGcCount() - fullGcsBefore;
        rows.add(row(eventsPerSecond, millis, fullGcs));
      }
      page.table(List.of("events/s coming in", "p50 ms", "p99 ms", "max ms", "full GCs"), rows);
    }
  }

  private static List<String> row(int eventsPerSecond, double[] millis, long fullGcs) {
    Arrays.sort(millis);
    return List.of(
        "%,d".formatted(eventsPerSecond),
        String.format(Locale.ROOT, "%.0f", millis[millis.length / 2]),
        String.format(Locale.ROOT, "%.0f", millis[(int) (millis.length * 0.99)]),
        String.format(Locale.ROOT, "%.0f", millis[millis.length - 1]),
        Long.toString(fullGcs));
  }

  private static double[] probe(LoadedProduct loaded, double eventsPerSecond, int samples)
      throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    double[] millis = new double[samples];
    BenchEnvironment environment = loaded.environment();
    try (VisibilityProbe probe =
            new VisibilityProbe(environment.bootstrapServers(), environment.registryUrl());
        KeepAliveConnection connection =
            new KeepAliveConnection(loaded.product().api().url(), loaded.product().api().token());
        SteadyPublisher feed =
            SteadyPublisher.start(loaded.publisher(), loaded.workload(), eventsPerSecond)) {
      Thread.sleep(SETTLING.toMillis());
      // Opens the probe's connection to the leader of each partition, and is not timed.
      for (int i = 0; i < PROBE_WORKSPACES; i++) {
        millisUntilVisible(probe, connection, "probe-" + i);
      }
      for (int i = 0; i < samples; i++) {
        Thread.sleep(random.nextInt(20, 120)); // random, so that probes do not align with commits
        millis[i] = millisUntilVisible(probe, connection, "probe-" + i % PROBE_WORKSPACES);
        feed.throwIfFailed();
      }
    }
    return millis;
  }

  private static double millisUntilVisible(
      VisibilityProbe probe, KeepAliveConnection connection, String workspaceId)
      throws IOException, InterruptedException {
    long before = VisibilityProbe.leadsVisible(connection, workspaceId);
    long begin = System.nanoTime();
    probe.publish(workspaceId);
    while (VisibilityProbe.leadsVisible(connection, workspaceId) == before) {
      if (System.nanoTime() - begin > VISIBLE_WITHIN.toNanos()) {
        throw new IllegalStateException("a probe was not visible within " + VISIBLE_WITHIN);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return (System.nanoTime() - begin) / 1e6;
  }
}
