package io.creditflow.posting;

import io.creditflow.event.AcceptanceRules;
import io.creditflow.posting.FlushMark.Reached;
import java.time.Duration;

/**
 * Which ids of usage and e-mails need not be remembered any more (contract section 3, rule 2): age
 * limit + future limit + 1 h past their arrival. Only when an event occurred is known of an id; it
 * arrived at most the age limit later. That does not hold for what came while the limit was off, or
 * larger; so after a change to a smaller one all ids stay for as long as the last of those must.
 */
final class Forgetting {
  /** In the place of an age limit: there is none. */
  static final long OFF = Long.MAX_VALUE;

  private static final long STEP_MILLIS = Duration.ofHours(1).toMillis();

  private final long ageLimit;
  private final long keptAfterArrival;
  private final long lateUntil;
  private long forgottenTo;

  Forgetting(FlushMark mark, AcceptanceRules rules) {
    ageLimit = rules.ageLimit() == null ? OFF : rules.ageLimit().toMillis();
    keptAfterArrival =
        ageLimit == OFF ? OFF : rules.ageLimit().plus(rules.futureLimit()).plusHours(1).toMillis();
    lateUntil = mark.ageLimit() > ageLimit ? lastArrival(mark) : mark.lateUntil();
    // Under a larger limit more has to be known than was remembered under a smaller one.
    forgottenTo =
        ageLimit == OFF ? 0 : Math.max(0, Math.min(mark.forgottenTo(), limit(mark.asOf())));
  }

  private static long lastArrival(FlushMark mark) {
    return mark.positions().values().stream().mapToLong(Reached::appendedAt).max().orElse(0);
  }

  private long limit(long asOf) {
    return asOf - ageLimit - keptAfterArrival;
  }

  /**
   * Moves on, an hour at a time.
   *
   * @param asOf the append time before which every record has been received
   * @return whether more may be forgotten than before: what occurred before {@link #forgottenTo}
   */
  boolean advance(long asOf) {
    if (ageLimit == OFF
        || asOf - lateUntil <= keptAfterArrival
        || limit(asOf) - forgottenTo < STEP_MILLIS) {
      return false;
    }
    forgottenTo = limit(asOf);
    return true;
  }

  /** Milliseconds since 1970; 0 if nothing is forgotten. */
  long forgottenTo() {
    return forgottenTo;
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
