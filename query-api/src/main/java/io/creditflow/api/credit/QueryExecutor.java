package io.creditflow.api.credit;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import java.time.Instant;
import java.util.Optional;

/** Executes queries, on local state or on another instance. */
public interface QueryExecutor {
  /** The response to a query; empty if the workspace, campaign or event is unknown. */
  <T> Optional<Response> execute(Request request, WorkspaceQuery<T> query);

  /** A part of a CSV export; empty if the workspace is unknown. */
  <T> Optional<CsvReading> csv(Request request, CsvQuery<T> query);

  /**
   * A part of a CSV export.
   *
   * @param asOf the {@code asOf} of the state that the part was read from
   */
  record CsvReading(CsvPart part, Instant asOf) {}
}
