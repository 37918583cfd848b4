package io.creditflow.audit;

import io.creditflow.reference.ReferenceQueries;
import java.util.List;

/** Compares the API's response to a query with that of the reference calculator. */
@FunctionalInterface
interface AuditCheck {
  /** Sends the query to both and returns the differences; empty if there are none. */
  List<Finding> differences(ReferenceQueries reference);
}
