package io.creditflow.audit;

import io.creditflow.reference.ReferenceQueries;
import java.util.List;

/** Something that the API and the referee are both asked. */
@FunctionalInterface
interface Question {
  /** What differs; empty if nothing does. */
  List<Finding> ask(ReferenceQueries referee);
}
