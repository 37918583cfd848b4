package io.creditflow.engine;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.EventValidator;
import java.time.Duration;

/**
 * Decides which event ids of usage and e-mails may be forgotten (contract section 3, rule 2). After
 * an event's arrival, its id is remembered for the sum of age limit, future limit and one hour. The
 * state holds the time at which an event occurred, but not its arrival. An event arrives at most
 * one age limit after it occurred, except events that arrived while the age limit was larger or
 * off. So after a change to a smaller limit, nothing is forgotten until the last of these events
 * may be forgotten.
 */
final class DedupRetention {
  /** The value of {@link #ageLimit} if there is no age limit. */
  static final long OFF = Long.MAX_VALUE;

  private static final long STEP_MILLIS = Duration.ofHours(1).toMillis();

  private final long ageLimit;
  private final long keptAfterArrival;
  private final long lateUntil;
  private long forgottenBefore;

  DedupRetention(FlushCheckpoint checkpoint, EventValidator.Limits limits) {
    ageLimit = limits.ageLimit() == null ? OFF : limits.ageLimit().toMillis();
    keptAfterArrival =
        ageLimit == OFF
            ? OFF
            : limits.ageLimit().plus(limits.futureLimit()).plusHours(1).toMillis();
    lateUntil = checkpoint.ageLimit() > ageLimit ? lastArrival(checkpoint) : checkpoint.lateUntil();
    // After a change to a larger limit, ids that were forgotten are needed again.
    forgottenBefore =
        ageLimit == OFF
            ? 0
            : Math.max(0, Math.min(checkpoint.forgottenBefore(), cutoff(checkpoint.asOf())));
  }

  private static long lastArrival(FlushCheckpoint checkpoint) {
    return checkpoint.positions().values().stream()
        .mapToLong(SourcePosition::appendedAt)
        .max()
        .orElse(0);
  }

  private long cutoff(long asOf) {
    return asOf - ageLimit - keptAfterArrival;
  }

  /**
   * Advances {@link #forgottenBefore}, by an hour or more at a time.
   *
   * @param asOf the append time before which every record has been received
   * @return whether {@link #forgottenBefore} has advanced
   */
  boolean advance(long asOf) {
    if (ageLimit == OFF
        || asOf - lateUntil <= keptAfterArrival
        || cutoff(asOf) - forgottenBefore < STEP_MILLIS) {
      return false;
    }
    forgottenBefore = cutoff(asOf);
    return true;
  }

  /**
   * The ids of events that occurred before this time are forgotten. Milliseconds since 1970; 0 if
   * nothing is forgotten.
   */
  long forgottenBefore() {
    return forgottenBefore;
  }

  /** The current age limit in milliseconds; {@link #OFF} if there is none. */
  long ageLimit() {
    return ageLimit;
  }

  /**
   * The append time of the last record that may have been older than {@link #ageLimit}, in
   * milliseconds since 1970; 0 if there is none.
   */
  long lateUntil() {
    return lateUntil;
  }
}
