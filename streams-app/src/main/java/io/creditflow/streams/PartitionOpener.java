package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.schemas.Partitioning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the state of partitions beside their stream thread, which goes on counting others: proves
 * that a state is whole, then reads into memory what counting needs (every id, a second for eight
 * millions or so). Nobody writes the state meanwhile.
 */
final class PartitionOpener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionOpener.class);

  /** What came of an opening. */
  sealed interface Outcome {
    /** The state is whole. */
    record OpenedState(CreditEngine engine) implements Outcome {}

    /** It is not what its changelog says. */
    record IncompleteState(String why) implements Outcome {}
  }

  private final Semaphore reading;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "creditflow-opener");
            thread.setDaemon(true);
            return thread;
          });
  private volatile ChangelogEnd changelog;

  /**
   * @param readersMax how many states are read at a time
   */
  PartitionOpener(int readersMax) {
    reading = new Semaphore(readersMax);
  }

  /** From now on each state is held against its changelog; before, each is taken for whole. */
  void proveBy(ChangelogEnd newChangelog) {
    changelog = newChangelog;
  }

  /** Begins to open a partition's state, which its task has restored. */
  CompletableFuture<Outcome> open(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext) {
    ChangelogEnd end = changelog;
    if (end == null) {
      return CompletableFuture.completedFuture(
          new Outcome.OpenedState(read(partition, store, taskContext)));
    }
    CompletableFuture<Outcome> opening = new CompletableFuture<>();
    var unused =
        threads.submit(
            () -> {
              try {
                opening.complete(prove(partition, store, taskContext, end.lastFlush(partition)));
              } catch (InterruptedException | RuntimeException | Error e) {
                opening.completeExceptionally(e);
              }
            });
    return opening;
  }

  private Outcome prove(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext, long lastFlush)
      throws InterruptedException {
    StreamsRowStore state = new StreamsRowStore(store);
    FlushCheckpoint.requireReadable(state);
    long begun = FlushCheckpoint.begun(state);
    long ended = FlushCheckpoint.read(state).sequence();
    if (begun != ended) {
      return new Outcome.IncompleteState(
          "its state ends within flush %d: flush %d is its last whole one".formatted(begun, ended));
    }
    if (ended != lastFlush) {
      return new Outcome.IncompleteState(
          "its state is of flush %d, its changelog ends with flush %d".formatted(ended, lastFlush));
    }
    reading.acquire();
    try {
      return new Outcome.OpenedState(read(partition, store, taskContext));
    } finally {
      reading.release();
    }
  }

  private static CreditEngine read(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext) {
    long begin = System.nanoTime();
    CreditEngine engine =
        new CreditEngine(
            taskContext.rules(),
            new StreamsRowStore.WritableStreamsRowStore(store),
            key -> Partitioning.partitionOf(key, taskContext.partitions()),
            taskContext.published());
    LOG.info(
        "Partition {} is counted here now: {} ids read in {} ms",
        partition,
        engine.ids().size(),
        Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return engine;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
