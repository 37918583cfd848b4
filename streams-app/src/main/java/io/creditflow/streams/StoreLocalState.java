package io.creditflow.streams;

import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.engine.IncompatibleStateException;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.local.LocalState;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.local.PartitionProgress;
import io.creditflow.query.CreditQueries;
import io.creditflow.state.RowStore;
import io.creditflow.view.PartitionView;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the state of the partitions that this process holds as owner or standby. If a flush is
 * written during a read, the read is repeated. Thread-safe.
 */
final class StoreLocalState implements LocalState {
  private static final int ATTEMPTS_MAX = 200;

  private final KafkaStreams streams;
  private final TaskContext taskContext;

  StoreLocalState(KafkaStreams streams, TaskContext taskContext) {
    this.streams = streams;
    this.taskContext = taskContext;
  }

  @Override
  public <T> Reading<T> read(int partition, Function<CreditQueries, T> query) {
    return withState(partition, state -> read(partition, state, query));
  }

  private <T> Reading<T> read(int partition, RowStore state, Function<CreditQueries, T> query) {
    FlushCheckpoint.requireReadable(state);
    PostingSearch postings = new PostingSearch();
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      Reading<T> reading = attempt(partition, state, query, postings, attempt == 1);
      if (reading != null) {
        return reading;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    throw new PartitionNotLocalException(
        "partition " + partition + " changed during every attempt to read it");
  }

  @Override
  public PartitionProgress progress(int partition) {
    return withState(
        partition,
        state -> {
          FlushCheckpoint checkpoint = FlushCheckpoint.read(state);
          return new PartitionProgress(
              asOf(partition, checkpoint), checkpoint.counters().progress(checkpoint.positions()));
        });
  }

  private <T> T withState(int partition, Function<RowStore, T> reader) {
    try {
      return Optional.ofNullable(taskContext.owned().get(partition))
          .flatMap(owned -> owned.read(reader))
          .orElseGet(() -> reader.apply(new StreamsRowStore(standbyStore(partition))));
    } catch (InvalidStateStoreException | IncompatibleStateException unavailable) {
      throw new PartitionNotLocalException(
          "partition " + partition + " is not here: " + unavailable.getMessage());
    }
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> standbyStore(int partition) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  CreditTopology.STATE_STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
              .withPartition(partition)
              .enableStaleStores());
    } catch (IllegalStateException stopping) {
      throw new PartitionNotLocalException(
          "partition " + partition + " is not here: " + stopping.getMessage());
    }
  }

  /**
   * Runs the query once. Returns null if a flush was written meanwhile, even if the query failed,
   * because rows of two flushes may be inconsistent.
   */
  private <T> Reading<T> attempt(
      int partition,
      RowStore state,
      Function<CreditQueries, T> query,
      PostingSearch postings,
      boolean isFirst) {
    FlushCheckpoint checkpoint = FlushCheckpoint.read(state);
    // Flushes are rare, so the first attempt omits this check and only checks after the query.
    if (!isFirst && FlushCheckpoint.begun(state) != checkpoint.sequence()) {
      return null;
    }
    T value;
    try {
      value =
          query.apply(
              new PartitionView(
                  state,
                  taskContext.engineConfig().prices(),
                  postings.setRetention(checkpoint.forgottenBefore(), checkpoint.ageLimit()),
                  System.currentTimeMillis()));
    } catch (RuntimeException e) {
      if (FlushCheckpoint.begun(state) == checkpoint.sequence()) {
        throw e;
      }
      return null;
    }
    return FlushCheckpoint.begun(state) == checkpoint.sequence()
        ? new Reading<>(value, asOf(partition, checkpoint))
        : null;
  }

  private Instant asOf(int partition, FlushCheckpoint checkpoint) {
    OwnedPartition owned = taskContext.owned().get(partition);
    return Instant.ofEpochMilli(owned == null ? checkpoint.asOf() : owned.asOf(checkpoint));
  }
}
