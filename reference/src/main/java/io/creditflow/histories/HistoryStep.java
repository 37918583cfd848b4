package io.creditflow.histories;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Something that happens to the state in a history. */
public sealed interface HistoryStep {
  /** A record arrives. */
  record Deliver(String topic, SpecificRecord event, Instant arrival) implements HistoryStep {}

  /** What was accepted is committed. */
  record Flush() implements HistoryStep {}

  /** The process dies, starts again, and gets again what came after the last flush. */
  record Crash() implements HistoryStep {}

  /**
   * Everything is flushed and the answers are compared.
   *
   * @param seed which questions are asked
   */
  record Check(Instant now, long seed) implements HistoryStep {}
}
