package io.creditflow.audit;

import java.time.Instant;
import java.util.List;

/** What is asked about one workspace; asked again, only what has not been answered rightly yet. */
interface CheckList {
  /**
   * What differs, in words; empty if nothing does.
   *
   * @param recount of everything that had arrived, all of which the API has counted since
   * @param now when that was
   */
  List<Finding> differences(WorkspaceRecount recount, Instant now);
}
