package io.creditflow.audit;

import io.creditflow.api.configuration.Settings;
import io.creditflow.cluster.Cluster;
import io.creditflow.cluster.InstanceProcess;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.streams.RecordLocation;
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
 * Recounts a running system and compares it with the API. If records arrive during a comparison,
 * differences may be due to them; the comparison is then repeated until no record arrives
 * meanwhile.
 */
public final class Audit implements AutoCloseable {
  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final int TRIES_MAX = 30;

  /**
   * The number of comparisons without new records that must differ before a difference is reported.
   * A single one may differ because a grant boundary passes or a transaction is open.
   */
  private static final int DIFFERENT_TRIES = 3;

  private static final long PAUSE_MILLIS = 700;
  private static final long POLL_MILLIS = 50;

  /** The number of workspaces that are audited in parallel. */
  private static final int WORKERS = 4;

  private final InputRecords inputs;
  private final RejectedEntries rejections;
  private final PublishedAlertIds alerts;
  private final RemoteQueries product;
  private final ReferenceRules rules;
  private final long seed;

  /** The append time from which records are audited; empty for all records. */
  private final Optional<Instant> since;

  /**
   * The result of an audit.
   *
   * @param records number of records on the input topics
   * @param byWorkspace the findings of each audited workspace
   * @param general findings that belong to no workspace
   */
  public record AuditReport(
      long records, Map<String, List<Finding>> byWorkspace, List<Finding> general) {
    /** The number of findings except {@link Finding.Kind#REJECTED_AGAIN}. */
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

  /** The differences of one comparison, and whether records arrived meanwhile. */
  private record Comparison(List<Finding> differences, boolean hasNewRecords) {}

  /**
   * @param kafka settings that are common to all Kafka clients, {@code bootstrap.servers} included
   * @param applicationId the application id of the audited instances; rejections of others are
   *     ignored
   * @param last audits only records of this long ago or later; empty for all records
   * @param seed selects the instants and campaigns to check
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
    inputs = new InputRecords(kafka, registry, rules, recordBytesMax, first);
    rejections = new RejectedEntries(kafka, applicationId, first);
    alerts = new PublishedAlertIds(kafka, registry, first);
    product = new RemoteQueries(api);
    this.rules = rules;
    this.seed = seed;
  }

  /**
   * An audit of a cluster on this machine, with the default rules. One instance answers all
   * queries.
   */
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

  /** Audits all workspaces, and reports the result of each to {@code progress}. */
  public AuditReport run(Consumer<String> progress) {
    inputs.advance();
    rejections.advance();
    progress.accept(
        "%,d records of %d workspaces on the input topics, %,d on rejected-events"
            .formatted(inputs.count(), inputs.workspaceIds().size(), rejections.sources().size()));
    Map<String, List<Finding>> byWorkspace = auditAll(progress);
    List<Finding> general = general();
    general.forEach(one -> progress.accept(one.toString()));
    return new AuditReport(inputs.count(), byWorkspace, general);
  }

  @Override
  public void close() {
    inputs.close();
    rejections.close();
    alerts.close();
  }

  /**
   * Audits several workspaces in parallel, because each audit mostly waits for responses. Results
   * are reported in the order of workspace ids.
   */
  private Map<String, List<Finding>> auditAll(Consumer<String> progress) {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      Map<String, Future<List<Finding>>> begun = new LinkedHashMap<>();
      inputs.workspaceIds().forEach(id -> begun.put(id, workers.submit(() -> audit(id))));
      Map<String, List<Finding>> byWorkspace = new LinkedHashMap<>();
      begun.forEach(
          (workspaceId, audited) -> {
            List<Finding> differences = result(audited);
            byWorkspace.put(workspaceId, differences);
            progress.accept(
                "workspace %s: %,d records, drift %d"
                    .formatted(
                        workspaceId,
                        inputs.of(workspaceId).size(),
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
    CheckList checks = checks(workspaceId);
    int different = 0;
    for (int number = 1; ; number++) {
      Comparison comparison = compare(workspaceId, checks);
      if (comparison.differences.stream().noneMatch(Finding::isDrift)) {
        return comparison.differences;
      }
      different += comparison.hasNewRecords ? 0 : 1;
      if (different == DIFFERENT_TRIES) {
        return comparison.differences;
      }
      if (number == TRIES_MAX) {
        return List.of(
            wrong("records arrive too fast for a comparison; audit it again at a quieter time"));
      }
      if (!comparison.hasNewRecords) {
        // A committed transaction becomes visible to readers with a delay. The transaction of a
        // crashed instance ends only after its timeout.
        rejections.advancePastOpenTransactions();
        Await.pause(PAUSE_MILLIS);
      }
    }
  }

  private CheckList checks(String workspaceId) {
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

  private Comparison compare(String workspaceId, CheckList checks) {
    inputs.advance();
    List<ReceivedRecord> records = inputs.of(workspaceId);
    String lag = awaitCounted(workspaceId, records);
    awaitRejections(records);
    Instant now = Instant.now();
    WorkspaceRecount recount = recount(records, now);
    List<Finding> differences = new ArrayList<>(recount.findings());
    if (lag != null) {
      differences.add(wrong(lag));
    }
    differences.addAll(checks.differences(recount, now));
    inputs.advance();
    return new Comparison(differences, inputs.of(workspaceId).size() > records.size());
  }

  private WorkspaceRecount recountAll(String workspaceId, Instant now) {
    inputs.advance();
    rejections.advance();
    return recount(inputs.of(workspaceId), now);
  }

  private WorkspaceRecount recount(List<ReceivedRecord> records, Instant now) {
    return WorkspaceRecount.of(records, rejections::of, rules, since.isEmpty(), now);
  }

  /**
   * Waits until the workspace's {@code asOf} has passed all its valid records.
   *
   * @return null, or a description of the lag after a timeout
   */
  private String awaitCounted(String workspaceId, List<ReceivedRecord> records) {
    Instant last =
        records.stream()
            .filter(record -> record.event() != null && record.ownReason() == null)
            .map(ReceivedRecord::appendedAt)
            .max(Instant::compareTo)
            .orElse(null);
    if (last == null) {
      return null;
    }
    // The clock of a broker may have been ahead when it appended the record. asOf may then never
    // pass the append time, so the current time is enough.
    Instant awaited = last.isBefore(Instant.now()) ? last : Instant.now();
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    while (true) {
      Instant asOf = product.credits(workspaceId, "").map(RemoteQueries.Credits::asOf).orElse(null);
      if (asOf != null && asOf.isAfter(awaited)) {
        return null;
      }
      if (System.nanoTime() > deadline) {
        return "not counted within %d s: appended at %s, asOf %s"
            .formatted(CATCH_UP.toSeconds(), last, asOf);
      }
      Await.pause(POLL_MILLIS);
    }
  }

  /**
   * Waits for the rejections of invalid records, which asOf does not cover. Missing ones are
   * reported by the recount.
   */
  private void awaitRejections(List<ReceivedRecord> records) {
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    rejections.advance();
    while (System.nanoTime() < deadline
        && records.stream()
            .anyMatch(
                record ->
                    record.ownReason() != null && rejections.of(record.location()).isEmpty())) {
      Await.pause(POLL_MILLIS);
      rejections.advance();
    }
  }

  private List<Finding> general() {
    rejections.advance();
    inputs.advance();
    alerts.advance();
    List<Finding> found = new ArrayList<>();
    rejections.unreadable().forEach(one -> found.add(wrong(one)));
    alerts
        .repeated()
        .forEach(id -> found.add(new Finding(Finding.Kind.DOUBLE, "alert published twice: " + id)));
    Set<RecordLocation> sources = new HashSet<>();
    inputs
        .workspaceIds()
        .forEach(id -> inputs.of(id).forEach(record -> sources.add(record.location())));
    rejections.sources().stream()
        .filter(source -> inputs.covers(source) && !sources.contains(source))
        .forEach(
            source -> found.add(wrong("rejected, but the input record does not exist: " + source)));
    Set<String> listed = new TreeSet<>();
    product.workspaces().forEach(item -> listed.add(item.workspaceId()));
    inputs.workspaceIds().stream()
        .filter(id -> !id.isEmpty() && !listed.contains(id))
        .filter(id -> product.credits(id, "").isPresent())
        .forEach(id -> found.add(wrong("workspace " + id + " is not in /v1/workspaces")));
    listed.stream()
        .filter(id -> since.isEmpty() && inputs.of(id).isEmpty())
        .forEach(id -> found.add(wrong("workspace " + id + " is listed, but has no records")));
    return found;
  }

  private static Finding wrong(String text) {
    return new Finding(Finding.Kind.WRONG, text);
  }
}
