package io.creditflow.api.credit;

import io.creditflow.api.credit.QueryExecutor.CsvReading;
import io.creditflow.api.http.Response;
import io.creditflow.api.http.Response.Rendered;
import io.creditflow.local.LocalState;
import io.creditflow.local.LocalState.Reading;
import io.creditflow.query.CreditQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Rendered responses from the partitions that this instance holds, active or standby. Caches them
 * until the workspace changes, or until the time from which they would differ without any new event
 * ({@link CreditQueries#validUntil}). Thread-safe.
 */
public final class LocalResponses {
  private static final long UNKNOWN_WORKSPACE = -1;

  private final LocalState localState;
  private final ResponseCache cache;
  private final Clock clock;

  /**
   * @param cacheBytesMax the size of the cache of rendered responses, in bytes
   */
  public LocalResponses(LocalState localState, long cacheBytesMax, Clock clock) {
    this.localState = localState;
    this.cache = new ResponseCache(cacheBytesMax);
    this.clock = clock;
  }

  /**
   * The result of one read of the state.
   *
   * @param cached the response from the cache; null if it is absent or outdated
   * @param answer the answer to render; empty if the workspace or campaign is unknown, or if {@code
   *     cached} is set
   */
  private record Found(Rendered cached, Optional<?> answer, long version, Instant validUntil) {}

  /**
   * The response to a query; empty if the workspace or campaign is unknown. It is rendered after
   * the read of the state has ended.
   *
   * @throws io.creditflow.local.PartitionNotLocalException if the partition cannot be read here
   */
  <T> Reading<Optional<Response>> rendered(int partition, WorkspaceQuery<T> query) {
    Reading<Found> reading = localState.read(partition, queries -> look(queries, query));
    Found found = reading.value();
    Rendered rendered = found.cached();
    if (rendered == null) {
      if (found.answer().isEmpty()) {
        return new Reading<>(Optional.empty(), reading.asOf());
      }
      rendered = Rendered.of(found.answer().get());
      cache.put(query.path(), rendered, found.version(), found.validUntil());
    }
    Response response = new Response.Body(rendered, reading.asOf(), 200);
    return new Reading<>(Optional.of(response), reading.asOf());
  }

  private <T> Found look(CreditQueries queries, WorkspaceQuery<T> query) {
    long version = queries.version(query.workspaceId());
    if (version == UNKNOWN_WORKSPACE) {
      return new Found(null, Optional.empty(), version, Instant.EPOCH);
    }
    Rendered cached = cache.get(query.path(), version, clock.instant());
    if (cached != null) {
      return new Found(cached, Optional.empty(), version, Instant.EPOCH);
    }
    // Read before the answer: if that time passes in between, the cached response expires too
    // early, not too late.
    Instant validUntil = queries.validUntil(query.workspaceId());
    return new Found(null, query.ask().apply(queries), version, validUntil);
  }

  /**
   * One page of rows of a CSV export; empty if the workspace is unknown. It is rendered after the
   * read of the state has ended.
   *
   * @throws io.creditflow.local.PartitionNotLocalException if the partition cannot be read here
   */
  <T> Reading<Optional<CsvReading>> csv(int partition, CsvQuery<T> query) {
    Reading<Optional<T>> reading = localState.read(partition, query.query().ask());
    return new Reading<>(
        reading.value().map(query.toPart()).map(part -> new CsvReading(part, reading.asOf())),
        reading.asOf());
  }

  LocalState state() {
    return localState;
  }

  /** Clears the cache; to be called when partitions have moved. */
  public void forgetRendered() {
    cache.clear();
  }
}
