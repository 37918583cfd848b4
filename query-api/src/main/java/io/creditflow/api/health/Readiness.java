package io.creditflow.api.health;

import java.util.Map;

/** Reports whether this instance currently processes events and answers queries. */
public interface Readiness {
  /** The current report; does not block. */
  Report report();

  /**
   * The state of this instance.
   *
   * @param isReady true if the instance processes events and answers queries
   * @param status UP, or one word for the reason, such as WAITING_FOR_KAFKA
   * @param details further fields of the response body
   */
  record Report(boolean isReady, String status, Map<String, Object> details) {}
}
