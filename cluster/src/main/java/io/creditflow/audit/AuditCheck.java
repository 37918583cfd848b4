package io.creditflow.audit;

import io.creditflow.reference.ReferenceQueries;
import java.util.List;

/** Something that the API and the reference calculator are both asked. */
@FunctionalInterface
interface AuditCheck {
  /** What differs; empty if nothing does. */
  List<Finding> ask(ReferenceQueries reference);
}
