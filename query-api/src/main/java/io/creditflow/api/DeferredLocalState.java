package io.creditflow.api;

import io.creditflow.local.LocalState;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.local.PartitionProgress;
import io.creditflow.query.CreditQueries;
import java.util.function.Function;

/**
 * The state of this instance, which is set after the HTTP servers have started. Until {@link #open}
 * is called, every read throws {@link PartitionNotLocalException}. A read of a partition whose
 * {@code asOf} is unknown also throws it. Thread-safe.
 */
final class DeferredLocalState implements LocalState {
  private volatile LocalState opened;

  void open(LocalState localState) {
    opened = localState;
  }

  private LocalState state() {
    LocalState localState = opened;
    if (localState == null) {
      throw new PartitionNotLocalException("this instance is starting");
    }
    return localState;
  }

  @Override
  public PartitionProgress progress(int partition) {
    return state().progress(partition);
  }

  @Override
  public <T> Reading<T> read(int partition, Function<CreditQueries, T> query) {
    Reading<T> reading = state().read(partition, query);
    if (reading.asOf().toEpochMilli() <= 0) {
      throw new PartitionNotLocalException(
          "the asOf of partition " + partition + " is not known yet");
    }
    return reading;
  }
}
