package io.creditflow.api.credit;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.creditflow.api.peer.PartitionLocator;
import java.util.Optional;

/**
 * Executes queries of other instances on local state and never forwards them, so a query is
 * forwarded at most once. Thread-safe.
 */
public final class LocalQueryExecutor implements QueryExecutor {
  private final PartitionLocator locator;
  private final LocalResponses local;

  public LocalQueryExecutor(PartitionLocator locator, LocalResponses local) {
    this.locator = locator;
    this.local = local;
  }

  @Override
  public <T> Optional<Response> execute(Request request, WorkspaceQuery<T> query) {
    int partition = locator.partitionOf(query.workspaceId());
    return locator.readLocally(partition, () -> local.rendered(partition, query));
  }

  @Override
  public <T> Optional<CsvReading> csv(Request request, CsvQuery<T> query) {
    int partition = locator.partitionOf(query.query().workspaceId());
    return locator.readLocally(partition, () -> local.csv(partition, query));
  }
}
