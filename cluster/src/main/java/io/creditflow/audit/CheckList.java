package io.creditflow.audit;

import java.time.Instant;
import java.util.List;

/** The checks of one workspace. Repeated calls run only the checks that have not passed. */
interface CheckList {
  /**
   * Runs the open checks and returns the differences; empty if there are none.
   *
   * @param recount a recount of records that the API already reflects
   * @param now the time of the recount
   */
  List<Finding> differences(WorkspaceRecount recount, Instant now);
}
