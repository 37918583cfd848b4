package io.creditflow.pipeline;

import io.creditflow.answer.CreditQueries;
import io.creditflow.books.LocalBooks;
import io.creditflow.books.NotHereException;
import io.creditflow.books.Standing;
import io.creditflow.ledger.PostingSearch;
import io.creditflow.posting.FlushMark;
import io.creditflow.posting.UnreadableStateException;
import io.creditflow.state.State;
import io.creditflow.view.BooksView;
import java.time.Instant;
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
 * Reads the books of whatever partitions this process holds, as owner or standby. A flush is mostly
 * one write; a read that it cuts across is begun again.
 */
final class StoreBooks implements LocalBooks {
  private static final int ATTEMPTS_MAX = 200;

  private final KafkaStreams streams;
  private final Workshop workshop;

  StoreBooks(KafkaStreams streams, Workshop workshop) {
    this.streams = streams;
    this.workshop = workshop;
  }

  @Override
  public <T> Reading<T> read(int partition, Function<CreditQueries, T> query) {
    try {
      State state = new StoreState(store(partition));
      FlushMark.requireReadable(state);
      PostingSearch postings = new PostingSearch();
      for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
        Reading<T> reading = attempt(partition, state, query, postings, attempt == 1);
        if (reading != null) {
          return reading;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      throw new NotHereException("partition " + partition + " is being brought up to date");
    } catch (InvalidStateStoreException | UnreadableStateException gone) {
      throw new NotHereException("partition " + partition + " is not here: " + gone.getMessage());
    }
  }

  @Override
  public Standing standing(int partition) {
    try {
      FlushMark mark = FlushMark.read(new StoreState(store(partition)));
      return new Standing(asOf(partition, mark), mark.counters().standing(mark.positions()));
    } catch (InvalidStateStoreException gone) {
      throw new NotHereException("partition " + partition + " is not here: " + gone.getMessage());
    }
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(int partition) {
    PartitionState owned = workshop.owned().get(partition);
    ReadOnlyKeyValueStore<Bytes, byte[]> books = owned == null ? null : owned.books();
    return books != null ? books : copy(partition);
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> copy(int partition) {
    try {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  CreditTopology.BOOKS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
              .withPartition(partition)
              .enableStaleStores());
    } catch (IllegalStateException stopping) {
      throw new NotHereException(
          "partition " + partition + " is not here: " + stopping.getMessage());
    }
  }

  /** Reads once; null if a flush came in between, whatever the rows of two looked like. */
  private <T> Reading<T> attempt(
      int partition,
      State state,
      Function<CreditQueries, T> query,
      PostingSearch postings,
      boolean isFirst) {
    FlushMark mark = FlushMark.read(state);
    // Mostly there is none, so the first time that is not looked up before, too.
    if (!isFirst && FlushMark.opened(state) != mark.sequence()) {
      return null;
    }
    T value;
    try {
      value =
          query.apply(
              new BooksView(
                  state,
                  workshop.rules().prices(),
                  postings.since(mark.forgottenTo()),
                  System.currentTimeMillis()));
    } catch (RuntimeException e) {
      if (FlushMark.opened(state) == mark.sequence()) {
        throw e;
      }
      return null;
    }
    return FlushMark.opened(state) == mark.sequence()
        ? new Reading<>(value, asOf(partition, mark))
        : null;
  }

  private Instant asOf(int partition, FlushMark mark) {
    PartitionState owned = workshop.owned().get(partition);
    return Instant.ofEpochMilli(owned == null ? mark.asOf() : owned.asOf(mark));
  }
}
