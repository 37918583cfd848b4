package io.creditflow.reference;

import io.creditflow.query.CreditQueries;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Anything that takes records and counts: the reference calculator itself, or the product behind an
 * adapter. One instance stands for one partition; records of any workspace may go in.
 */
public interface CreditCalculator {
  /**
   * Takes one record.
   *
   * @param arrival the broker's append time
   */
  ReferenceOutcome accept(String topic, SpecificRecord event, Instant arrival);

  /** Commits: what was accepted so far outlives a restart, and queries reflect it. */
  void flush();

  /** Lets timers run that are due at an instant; background work goes on by a bounded step. */
  void advance(Instant now);

  /** Loses everything since the last flush, as a crash does; the caller delivers it again. */
  void restart();

  /** A view of what was flushed, asked at an instant. */
  CreditQueries queries(Instant now);

  /** Everything turned away so far, in any order. */
  List<ReferenceRejection> rejections();

  /** Makes an empty state. */
  interface Factory {
    CreditCalculator open(ReferenceRules rules);
  }
}
