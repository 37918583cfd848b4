package io.creditflow.engine;

import io.creditflow.engine.FlushCheckpoint.SourcePosition;
import io.creditflow.event.AcceptanceLimits;
import java.time.Duration;

/**
 * Which ids of usage and e-mails need not be remembered any more (contract section 3, rule 2): age
 * limit + future limit + 1 h past their arrival. Only when an event occurred is known of an id; it
 * arrived at most the age limit later. That does not hold for what came while the limit was off, or
 * larger; so after a change to a smaller one all ids stay for as long as the last of those must.
 */
final class DedupRetention {
  /** In the place of an age limit: there is none. */
  static final long OFF = Long.MAX_VALUE;

  private static final long STEP_MILLIS = Duration.ofHours(1).toMillis();

  private final long ageLimit;
  private final long keptAfterArrival;
  private final long lateUntil;
  private long forgottenBefore;

  DedupRetention(FlushCheckpoint checkpoint, AcceptanceLimits rules) {
    ageLimit = rules.ageLimit() == null ? OFF : rules.ageLimit().toMillis();
    keptAfterArrival =
        ageLimit == OFF ? OFF : rules.ageLimit().plus(rules.futureLimit()).plusHours(1).toMillis();
    lateUntil = checkpoint.ageLimit() > ageLimit ? lastArrival(checkpoint) : checkpoint.lateUntil();
    // Under a larger limit more has to be known than was remembered under a smaller one.
    forgottenBefore =
        ageLimit == OFF
            ? 0
            : Math.max(0, Math.min(checkpoint.forgottenBefore(), limit(checkpoint.asOf())));
  }

  private static long lastArrival(FlushCheckpoint checkpoint) {
    return checkpoint.positions().values().stream()
        .mapToLong(SourcePosition::appendedAt)
        .max()
        .orElse(0);
  }

  private long limit(long asOf) {
    return asOf - ageLimit - keptAfterArrival;
  }

  /**
   * Moves on, an hour at a time.
   *
   * @param asOf the append time before which every record has been received
   * @return whether more may be forgotten than before: what occurred before {@link
   *     #forgottenBefore}
   */
  boolean advance(long asOf) {
    if (ageLimit == OFF
        || asOf - lateUntil <= keptAfterArrival
        || limit(asOf) - forgottenBefore < STEP_MILLIS) {
      return false;
    }
    forgottenBefore = limit(asOf);
    return true;
  }

  /** Milliseconds since 1970; 0 if nothing is forgotten. */
  long forgottenBefore() {
    return forgottenBefore;
  }

  /** The age limit in force, milliseconds; {@link #OFF} if there is none. */
  long ageLimit() {
    return ageLimit;
  }

  /** When the last record arrived that may have been older than {@link #ageLimit}; 0 if none. */
  long lateUntil() {
    return lateUntil;
  }
}
