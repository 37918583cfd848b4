package io.creditflow.reference;

/**
 * The outcome of a record on arrival.
 *
 * @param reason null unless the record was rejected
 */
public record ReferenceOutcome(Kind outcome, ReferenceReason reason) {
  public static final ReferenceOutcome APPLIED = new ReferenceOutcome(Kind.APPLIED, null);
  public static final ReferenceOutcome REPEAT = new ReferenceOutcome(Kind.REPEAT, null);
  public static final ReferenceOutcome WAITING = new ReferenceOutcome(Kind.WAITING, null);

  public static ReferenceOutcome rejected(ReferenceReason reason) {
    return new ReferenceOutcome(Kind.REJECTED, reason);
  }

  @Override
  public String toString() {
    return reason == null ? outcome.name() : outcome + " " + reason;
  }

  public enum Kind {
    APPLIED,
    REPEAT,
    WAITING,
    REJECTED
  }
}
