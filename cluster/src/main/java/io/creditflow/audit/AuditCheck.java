package io.creditflow.audit;

import io.creditflow.reference.ReferenceQueries;
import java.util.List;

/** A query that is sent to both the API and the reference calculator. */
@FunctionalInterface
interface AuditCheck {
  /** Sends the query and returns the differences; empty if there are none. */
  List<Finding> ask(ReferenceQueries reference);
}
