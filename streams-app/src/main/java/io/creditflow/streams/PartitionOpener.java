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
 * Opens the states of partitions in threads of its own, so that the stream thread keeps processing
 * other partitions. Verifies that a state is complete, then reads into memory what the engine
 * needs: all event ids, at about eight million a second. No other thread writes the state
 * meanwhile.
 */
final class PartitionOpener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionOpener.class);

  /** The result of opening a state. */
  sealed interface Outcome {
    /** The state is complete, and the engine is ready. */
    record OpenedState(CreditEngine engine) implements Outcome {}

    /** The state is incomplete: it ends within a flush, or differs from its changelog. */
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
   * @param readersMax the number of states that may be read at a time
   */
  PartitionOpener(int readersMax) {
    reading = new Semaphore(readersMax);
  }

  /** Sets the changelog to verify states against. Without it, every state is accepted. */
  void proveBy(ChangelogEnd newChangelog) {
    changelog = newChangelog;
  }

  /** Starts to open a partition's state, which its task has restored. */
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
