package io.creditflow.api.health;

import java.util.Map;

/** Whether this instance does its work just now. */
public interface Readiness {
  /** Never blocks for long. */
  Report report();

  /**
   * What there is to say.
   *
   * @param isReady true if events are processed and questions answered
   * @param status one word: UP, or what it waits for
   * @param details further fields of the body
   */
  record Report(boolean isReady, String status, Map<String, Object> details) {}
}
