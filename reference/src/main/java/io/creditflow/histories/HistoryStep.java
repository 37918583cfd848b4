package io.creditflow.histories;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** One step of a history. */
public sealed interface HistoryStep {
  /** A record arrives. */
  record Deliver(String topic, SpecificRecord event, Instant arrival) implements HistoryStep {}

  /** Records accepted so far are committed. */
  record Flush() implements HistoryStep {}

  /** The process crashes and restarts, and the records since the last flush are delivered again. */
  record Crash() implements HistoryStep {}

  /**
   * Everything is flushed and the responses are compared.
   *
   * @param seed selects the queries
   */
  record Check(Instant now, long seed) implements HistoryStep {}
}
