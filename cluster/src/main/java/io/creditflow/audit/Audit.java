package io.creditflow.audit;

import io.creditflow.api.configuration.Settings;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.testkit.ApiClient;
import io.creditflow.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recounts a running system. What differs while records go on arriving is asked again until the API
 * was asked between two of them.
 */
public final class Audit implements AutoCloseable {
  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final int TRIES_MAX = 30;

  /** A boundary may pass, or a transaction be open, while one looks: differences must stay. */
  private static final int DIFFERENT_TRIES = 3;

  private static final long PAUSE_MILLIS = 700;
  private static final long POLL_MILLIS = 50;

  /** Workspaces looked at at a time. */
  private static final int WORKERS = 4;

  private final InputRecords inbox;
  private final RejectedEntries refusals;
  private final PublishedAlertIds alerts;
  private final RemoteQueries product;
  private final ReferenceRules rules;
  private final long seed;

  /** From when on records are looked at; empty for all of them. */
  private final Optional<Instant> since;

  /**
   * What was found.
   *
   * @param byWorkspace every workspace that was looked at, with what differs
   * @param general what belongs to no workspace
   */
  public record Report(
      long records, Map<String, List<Finding>> byWorkspace, List<Finding> general) {
    /** Differences of numbers: what was rejected again is none. */
    public int drift() {
      return (int) all().filter(Finding::isDrift).count();
    }

    public long count(Finding.Kind kind) {
      return all().filter(finding -> finding.kind() == kind).count();
    }

    private Stream<Finding> all() {
      return Stream.concat(general.stream(), byWorkspace.values().stream().flatMap(List::stream));
    }

    @Override
    public String toString() {
      return general.stream().map(one -> one + "\n").collect(Collectors.joining())
          + byWorkspace.entrySet().stream()
              .filter(entry -> !entry.getValue().isEmpty())
              .map(
                  entry ->
                      entry.getValue().stream()
                          .map(one -> "\n  " + one)
                          .collect(Collectors.joining("", entry.getKey() + ":", "")))
              .collect(Collectors.joining("\n"));
    }
  }

  /** What the audit of one workspace came to. */
  private record Outcome(List<Finding> differences, boolean isMoving) {}

  /**
   * @param kafka settings of any Kafka client, bootstrap.servers among them
   * @param applicationId of the instances asked: only what they rejected is looked at
   * @param last looks only at what arrived in so long; empty for everything
   * @param seed picks what is looked at where there is too much
   */
  public Audit(
      Map<String, Object> kafka,
      String applicationId,
      SchemaRegistry registry,
      ApiClient api,
      ReferenceRules rules,
      long recordBytesMax,
      Optional<Duration> last,
      long seed) {
    since = last.map(Instant.now()::minus);
    Instant first = since.orElse(Instant.EPOCH);
    inbox = new InputRecords(kafka, registry, rules, recordBytesMax, first);
    refusals = new RejectedEntries(kafka, applicationId, first);
    alerts = new PublishedAlertIds(kafka, registry, first);
    product = new RemoteQueries(api);
    this.rules = rules;
    this.seed = seed;
  }

  /** Of a cluster on this machine with the rules as shipped, by what one instance answers. */
  public static Audit of(Cluster cluster, InstanceProcess asked, long seed) {
    return of(cluster, asked, Optional.empty(), seed);
  }

  static Audit of(Cluster cluster, InstanceProcess asked, Optional<Duration> last, long seed) {
    return new Audit(
        Map.of("bootstrap.servers", cluster.bootstrapServers()),
        Settings.APPLICATION_ID.defaultText(),
        new HttpSchemaRegistry(Map.of("schema.registry.url", cluster.registryUrl())),
        new ApiClient(asked.url(), cluster.token()),
        ReferenceRules.DEFAULT,
        InputRecords.RECORD_BYTES_MAX,
        last,
        seed);
  }

  /** Looks at everything; says of each workspace what came of it. */
  public Report run(Consumer<String> progress) {
    inbox.advance();
    refusals.advance();
    progress.accept(
        "%,d records of %d workspaces on the input topics, %,d on rejected-events"
            .formatted(inbox.count(), inbox.workspaceIds().size(), refusals.sources().size()));
    Map<String, List<Finding>> byWorkspace = auditAll(progress);
    List<Finding> general = general();
    general.forEach(one -> progress.accept(one.toString()));
    return new Report(inbox.count(), byWorkspace, general);
  }

  @Override
  public void close() {
    inbox.close();
    refusals.close();
    alerts.close();
  }

  /** Several at a time, as each mostly waits for answers; reported in order. */
  private Map<String, List<Finding>> auditAll(Consumer<String> progress) {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      Map<String, Future<List<Finding>>> begun = new LinkedHashMap<>();
      inbox.workspaceIds().forEach(id -> begun.put(id, workers.submit(() -> audit(id))));
      Map<String, List<Finding>> byWorkspace = new LinkedHashMap<>();
      begun.forEach(
          (workspaceId, audited) -> {
            List<Finding> differences = result(audited);
            byWorkspace.put(workspaceId, differences);
            progress.accept(
                "workspace %s: %,d records, drift %d"
                    .formatted(
                        workspaceId,
                        inbox.of(workspaceId).size(),
                        differences.stream().filter(Finding::isDrift).count()));
            differences.forEach(one -> progress.accept("  " + one));
          });
      return byWorkspace;
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<Finding> result(Future<List<Finding>> audited) {
    try {
      return audited.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while auditing", e);
    }
  }

  private List<Finding> audit(String workspaceId) {
    CheckList checks = examination(workspaceId);
    int different = 0;
    for (int number = 1; ; number++) {
      Outcome outcome = look(workspaceId, checks);
      if (outcome.differences.stream().noneMatch(Finding::isDrift)) {
        return outcome.differences;
      }
      different += outcome.isMoving ? 0 : 1;
      if (different == DIFFERENT_TRIES) {
        return outcome.differences;
      }
      if (number == TRIES_MAX) {
        return List.of(
            wrong("records arrive faster than it can be looked at; audit it when it is quiet"));
      }
      if (!outcome.isMoving) {
        // Transactions end for readers of a topic a little after they do for their writer; one of
        // an instance that died, when it times out.
        refusals.advancePastOpenTransactions();
        Await.pause(PAUSE_MILLIS);
      }
    }
  }

  private CheckList examination(String workspaceId) {
    if (workspaceId.isEmpty()) {
      return (recount, now) -> List.of();
    }
    if (since.isEmpty()) {
      return new WorkspaceAudit(workspaceId, product, seed);
    }
    Instant datedSince = since.get().plus(rules.futureLimit());
    return new WindowAudit(
        workspaceId, product, rules, datedSince, () -> recountAll(workspaceId, Instant.now()));
  }

  private Outcome look(String workspaceId, CheckList checks) {
    inbox.advance();
    List<ReceivedRecord> arrivals = inbox.of(workspaceId);
    String behind = behind(workspaceId, arrivals);
    awaitRefusals(arrivals);
    Instant now = Instant.now();
    WorkspaceRecount recount = recount(arrivals, now);
    List<Finding> differences = new ArrayList<>(recount.findings());
    if (behind != null) {
      differences.add(wrong(behind));
    }
    differences.addAll(checks.differences(recount, now));
    inbox.advance();
    return new Outcome(differences, inbox.of(workspaceId).size() > arrivals.size());
  }

  private WorkspaceRecount recountAll(String workspaceId, Instant now) {
    inbox.advance();
    refusals.advance();
    return recount(inbox.of(workspaceId), now);
  }

  private WorkspaceRecount recount(List<ReceivedRecord> arrivals, Instant now) {
    return WorkspaceRecount.of(arrivals, refusals::of, rules, since.isEmpty(), now);
  }

  /** Waits until the answers say that they reflect everything; null if they do. */
  private String behind(String workspaceId, List<ReceivedRecord> arrivals) {
    Instant last =
        arrivals.stream()
            .filter(arrival -> arrival.event() != null && arrival.byItself() == null)
            .map(ReceivedRecord::appendedAt)
            .max(Instant::compareTo)
            .orElse(null);
    if (last == null) {
      return null;
    }
    // A broker's clock may have been ahead; asOf follows it back.
    Instant reached = last.isBefore(Instant.now()) ? last : Instant.now();
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    while (true) {
      Instant asOf = product.credits(workspaceId, "").map(RemoteQueries.Credits::asOf).orElse(null);
      if (asOf != null && asOf.isAfter(reached)) {
        return null;
      }
      if (System.nanoTime() > deadline) {
        return "not counted within %d s: appended %s, answered as of %s"
            .formatted(CATCH_UP.toSeconds(), last, asOf);
      }
      Await.pause(POLL_MILLIS);
    }
  }

  /** No answer tells of a bad record, so its refusal is waited for; whether it came is checked. */
  private void awaitRefusals(List<ReceivedRecord> arrivals) {
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    refusals.advance();
    while (System.nanoTime() < deadline
        && arrivals.stream()
            .anyMatch(
                arrival -> arrival.byItself() != null && refusals.of(arrival.place()).isEmpty())) {
      Await.pause(POLL_MILLIS);
      refusals.advance();
    }
  }

  private List<Finding> general() {
    refusals.advance();
    inbox.advance();
    alerts.advance();
    List<Finding> found = new ArrayList<>();
    refusals.unreadable().forEach(one -> found.add(wrong(one)));
    alerts
        .repeated()
        .forEach(id -> found.add(new Finding(Finding.Kind.DOUBLE, "alert published twice: " + id)));
    Set<RecordLocation> sources = new HashSet<>();
    inbox
        .workspaceIds()
        .forEach(id -> inbox.of(id).forEach(arrival -> sources.add(arrival.place())));
    refusals.sources().stream()
        .filter(source -> inbox.reaches(source) && !sources.contains(source))
        .forEach(source -> found.add(wrong("rejected, but there is no such record: " + source)));
    Set<String> listed = new TreeSet<>();
    product.workspaces().forEach(item -> listed.add(item.workspaceId()));
    inbox.workspaceIds().stream()
        .filter(id -> !id.isEmpty() && !listed.contains(id))
        .filter(id -> product.credits(id, "").isPresent())
        .forEach(id -> found.add(wrong("workspace " + id + " is not in /v1/workspaces")));
    listed.stream()
        .filter(id -> since.isEmpty() && inbox.of(id).isEmpty())
        .forEach(
            id -> found.add(wrong("workspace " + id + " is listed, but nothing of it arrived")));
    return found;
  }

  private static Finding wrong(String text) {
    return new Finding(Finding.Kind.WRONG, text);
  }
}
