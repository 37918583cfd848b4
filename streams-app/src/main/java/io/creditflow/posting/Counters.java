package io.creditflow.posting;

import io.creditflow.event.Rejection;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;

/**
 * What became of all records of a partition since its beginning. Stored with the numbers
 * themselves, so that received = applied + repeated + rejected + waiting holds over any crash
 * (contract section 5).
 */
public final class Counters {
  private final long[] rejected = new long[Rejection.Reason.values().length];
  private long received;
  private long applied;
  private long repeated;
  private long waiting;

  void arrived() {
    received++;
  }

  void count(Verdict verdict) {
    switch (verdict) {
      case APPLIED -> applied++;
      case REPEATED -> repeated++;
      case WAITING -> waiting++;
      case REJECTED -> {
        // Counted by reason, where it is known.
      }
    }
  }

  void rejected(Rejection.Reason reason) {
    rejected[reason.ordinal()]++;
  }

  void waitingIsOver() {
    waiting--;
  }

  public long received() {
    return received;
  }

  public long applied() {
    return applied;
  }

  public long repeated() {
    return repeated;
  }

  public long waiting() {
    return waiting;
  }

  public long rejectedFor(Rejection.Reason reason) {
    return rejected[reason.ordinal()];
  }

  public long rejected() {
    long sum = 0;
    for (long count : rejected) {
      sum += count;
    }
    return sum;
  }

  void encode(RowWriter writer) {
    writer.int64(received).int64(applied).int64(repeated).int64(waiting);
    writer.int64(rejected.length);
    for (long count : rejected) {
      writer.int64(count);
    }
  }

  static Counters decode(RowReader reader) {
    Counters counters = new Counters();
    counters.received = reader.int64();
    counters.applied = reader.int64();
    counters.repeated = reader.int64();
    counters.waiting = reader.int64();
    int reasons = (int) reader.int64();
    for (int i = 0; i < reasons; i++) {
      counters.rejected[i] = reader.int64();
    }
    return counters;
  }
}
