package io.creditflow.reference;

/**
 * What became of a record on arrival.
 *
 * @param reason null unless rejected
 */
public record Verdict(Outcome outcome, Reason reason) {
  public static final Verdict APPLIED = new Verdict(Outcome.APPLIED, null);
  public static final Verdict REPEAT = new Verdict(Outcome.REPEAT, null);
  public static final Verdict WAITING = new Verdict(Outcome.WAITING, null);

  public static Verdict rejected(Reason reason) {
    return new Verdict(Outcome.REJECTED, reason);
  }

  @Override
  public String toString() {
    return reason == null ? outcome.name() : outcome + " " + reason;
  }

  public enum Outcome {
    APPLIED,
    REPEAT,
    WAITING,
    REJECTED
  }
}
