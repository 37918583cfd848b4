package io.creditflow.reference;

import io.creditflow.query.CreditQueries;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * An implementation of the counting rules: the reference calculator, or an adapter of the product.
 * One object represents one partition, and accepts records of any workspace.
 */
public interface CreditCalculator {
  /**
   * Processes one record.
   *
   * @param arrival the broker's append time
   */
  ReferenceOutcome accept(String topic, SpecificRecord event, Instant arrival);

  /** Commits: records accepted so far survive a restart, and queries reflect them. */
  void flush();

  /** Runs the timers that are due at an instant, and a bounded step of background work. */
  void advance(Instant now);

  /**
   * Discards all changes since the last flush, as a crash does. The caller must deliver those
   * records again.
   */
  void restart();

  /** Queries on the flushed state at an instant. */
  CreditQueries queries(Instant now);

  /** All rejections so far, in any order. */
  List<ReferenceRejection> rejections();

  /** Creates calculators with empty state. */
  interface Factory {
    CreditCalculator open(ReferenceRules rules);
  }
}
