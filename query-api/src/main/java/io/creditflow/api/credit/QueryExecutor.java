package io.creditflow.api.credit;

import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import java.time.Instant;
import java.util.Optional;

/** Finds the answer to a question. */
public interface QueryExecutor {
  /** Empty if the workspace or campaign is unknown. */
  <T> Optional<Response> execute(Request request, WorkspaceQuery<T> query);

  /** A part of a CSV; empty if the workspace is unknown. */
  <T> Optional<CsvReading> csv(Request request, CsvQuery<T> query);

  /**
   * @param asOf of this part
   */
  record CsvReading(CsvPart part, Instant asOf) {}
}
