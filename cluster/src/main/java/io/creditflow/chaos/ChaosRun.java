package io.creditflow.chaos;

import io.creditflow.audit.Audit;
import io.creditflow.audit.Finding;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.ClusterProcess;
import io.creditflow.histories.SeededRandom;
import io.creditflow.schemas.RegistryUnavailableException;
import io.creditflow.testkit.Await;
import io.creditflow.upstream.Upstream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One chaos run: load, faults, readers, and an audit at the end. */
final class ChaosRun {
  /**
   * How long to wait for all processes to be ready before the next fault. Faults may overlap,
   * because the next one begins even if some are not ready.
   */
  private static final Duration RECOVERY = Duration.ofSeconds(12);

  /** After every eighth fault, the cluster gets more time to recover completely. */
  private static final int LONG_RECOVERY_EVERY = 8;

  private static final Duration LONG_RECOVERY = Duration.ofSeconds(60);

  /** How long all processes may take to be ready at the end. */
  private static final Duration LAST_RECOVERY = Duration.ofMinutes(5);

  private static final int LOAD_RECORDS = 5;
  private static final long LOAD_PAUSE_MILLIS = 100;

  private static final List<String> GENERATED =
      IntStream.range(0, 5).mapToObj(number -> "w" + number).toList();
  private static final List<String> STEADY = List.of("steady-1", "steady-2", "steady-3");

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Cluster cluster;
  private final long seed;
  private final Duration length;
  private final Set<Fault.Kind> allowedKinds;
  private final Consumer<String> out;
  private final Map<Fault.Kind, Recoveries> recoveries = new EnumMap<>(Fault.Kind.class);
  private final AtomicReference<RuntimeException> loadFailure = new AtomicReference<>();
  private volatile boolean isOver;

  /**
   * The result of a run.
   *
   * @param faults number of injected faults
   * @param lost number of lost events
   * @param doubled number of events counted or rejected twice
   * @param wrong number of wrong responses
   */
  public record Result(int faults, long lost, long doubled, long wrong) {
    public boolean isGood() {
      return lost == 0 && doubled == 0 && wrong == 0;
    }

    @Override
    public String toString() {
      return "faults=%d lost=%d double=%d wrong=%d".formatted(faults, lost, doubled, wrong);
    }
  }

  /**
   * @param cluster a cluster whose brokers and registry are running
   * @param among the kinds of faults that the run may use
   * @param out receives the progress, line by line
   */
  ChaosRun(
      Cluster cluster, long seed, Duration length, Set<Fault.Kind> among, Consumer<String> out) {
    this.cluster = cluster;
    this.seed = seed;
    this.length = length;
    allowedKinds = among;
    this.out = out;
  }

  public Result run() {
    cluster.instances().forEach(ClusterProcess::start);
    cluster.instances().forEach(ClusterProcess::awaitReady);
    try (Upstream upstream =
            new Upstream(
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                cluster.partitions(),
                seed,
                GENERATED);
        SteadyLoad steady =
            new SteadyLoad(cluster.bootstrapServers(), cluster.registryUrl(), STEADY);
        ChaosReaders readers = new ChaosReaders(cluster, steady, GENERATED, seed)) {
      Thread load = new Thread(() -> load(upstream, steady), "load");
      load.setDaemon(true);
      load.start();
      readers.start();
      FaultInjector faults = new FaultInjector(cluster, steady.versions());
      int count = injectFaults(faults);
      awaitLastRecovery();
      isOver = true;
      join(load);
      faults.awaitReplicated();
      upstream.flush();
      steady.flush();
      readers.stop();
      faults.setClocksRight();
      awaitLastRecovery();
      say("%,d records published".formatted(upstream.acknowledged()));
      return result(count, faults, readers);
    }
  }

  private void load(Upstream upstream, SteadyLoad steady) {
    try {
      while (!isOver) {
        publish(upstream, steady);
        Await.pause(LOAD_PAUSE_MILLIS);
      }
    } catch (RuntimeException e) {
      loadFailure.set(e);
    }
  }

  /**
   * Publishes once. If the registry is unavailable for a new schema, the caller tries again later,
   * as a producer would.
   */
  private static void publish(Upstream upstream, SteadyLoad steady) {
    try {
      upstream.publish(LOAD_RECORDS);
      steady.publish();
    } catch (RegistryUnavailableException away) {
      Await.pause(LOAD_PAUSE_MILLIS);
    }
  }

  private int injectFaults(FaultInjector faults) {
    SeededRandom random = new SeededRandom(seed);
    List<Fault.Kind> kinds = faults.kinds(allowedKinds, length, this::say);
    Deque<Fault> schedule = new ArrayDeque<>();
    long end = System.nanoTime() + length.toNanos();
    int count = 0;
    while (System.nanoTime() < end && loadFailure.get() == null) {
      if (schedule.isEmpty()) {
        schedule.addAll(Fault.round(random, kinds));
      }
      Fault fault = schedule.poll();
      count++;
      say("fault " + count + ": " + fault);
      faults.begin(fault);
      Await.pause(fault.lastsMillis());
      long healed = System.nanoTime();
      faults.heal();
      boolean isReady =
          isRecoveredWithin(count % LONG_RECOVERY_EVERY == 0 ? LONG_RECOVERY : RECOVERY);
      long millis = (System.nanoTime() - healed) / 1_000_000;
      recoveries.computeIfAbsent(fault.kind(), kind -> new Recoveries()).note(isReady, millis);
      Await.pause(fault.calmMillis());
    }
    return count;
  }

  private boolean isRecoveredWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      cluster.nodes().stream().filter(node -> !node.isRunning()).forEach(this::restart);
      if (cluster.nodes().stream().allMatch(ClusterProcess::isReady)) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      Await.pause(100);
    }
  }

  private void awaitLastRecovery() {
    if (!isRecoveredWithin(LAST_RECOVERY)) {
      StringBuilder text = new StringBuilder("Not all processes are ready at the end\n");
      cluster.nodes().stream()
          .filter(node -> !node.isReady())
          .forEach(node -> text.append(node.name()).append(":\n").append(node.tail()));
      throw new IllegalStateException(text.toString());
    }
  }

  /** How long the cluster took to be ready again after faults of one kind. */
  private static final class Recoveries {
    private int faults;
    private int late;
    private long slowestMillis;

    void note(boolean isReady, long millis) {
      faults++;
      late += isReady ? 0 : 1;
      slowestMillis = isReady ? Math.max(slowestMillis, millis) : slowestMillis;
    }

    @Override
    public String toString() {
      String within = "%3d times, all ready within %,6d ms".formatted(faults, slowestMillis);
      return late == 0 ? within : within + ", " + late + " times not ready before the next fault";
    }
  }

  /**
   * Restarts a process that has ended, as a supervisor would. An instance ends itself if it cannot
   * continue.
   */
  private void restart(ClusterProcess node) {
    say(node.name() + " ended by itself and is restarted");
    node.start();
  }

  private Result result(int count, FaultInjector faults, ChaosReaders readers) {
    if (loadFailure.get() != null) {
      throw new IllegalStateException("The load failed", loadFailure.get());
    }
    try (Audit audit = Audit.of(cluster, cluster.instance(0), seed)) {
      Audit.AuditReport report = audit.run(out);
      readers.wrong().forEach(one -> say("wrong response: " + one));
      recoveries.forEach((kind, times) -> say("%-45s %s".formatted(kind.description, times)));
      say(
          "%,d responses, %,d refused with 503 and Retry-After"
              .formatted(readers.answers(), readers.refusals()));
      say("%d clean stops, %d of them over 10 s".formatted(faults.stops(), faults.slowStops()));
      return new Result(
          count,
          report.count(Finding.Kind.LOST),
          report.count(Finding.Kind.DOUBLE) + report.count(Finding.Kind.REJECTED_AGAIN),
          report.count(Finding.Kind.WRONG) + readers.wrong().size());
    }
  }

  private void say(String words) {
    out.accept(CLOCK.format(LocalTime.now(ZoneOffset.UTC)) + " " + words);
  }

  private static void join(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
