package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.schemas.Partitioning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the states of partitions in its own threads, so that the stream thread continues to process
 * other partitions. Verifies that a state is complete, then loads all event ids (about eight
 * million a second) and pending reversals into memory. The caller must not write to the state until
 * it is open.
 */
class PartitionOpener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionOpener.class);

  /** The result of opening a state. */
  sealed interface OpenResult {
    /** The state is complete, and the engine is ready. */
    record OpenedState(CreditEngine engine) implements OpenResult {}

    /** The state holds only a part of its last flush, or the changelog ends with another flush. */
    record IncompleteState(String why) implements OpenResult {}
  }

  private final Semaphore readPermits;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "creditflow-opener");
            thread.setDaemon(true);
            return thread;
          });
  private volatile ChangelogEnd changelog;

  /**
   * @param readersMax the maximum number of states that are read at the same time
   */
  PartitionOpener(int readersMax) {
    readPermits = new Semaphore(readersMax);
  }

  /** Sets the changelog to verify states against. Without it, every state is accepted. */
  void verifyAgainst(ChangelogEnd newChangelog) {
    changelog = newChangelog;
  }

  /** Starts to open a partition's state. The partition's task must have restored it. */
  Future<OpenResult> open(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext) {
    ChangelogEnd changelogEnd = changelog;
    return changelogEnd == null
        ? CompletableFuture.completedFuture(
            new OpenResult.OpenedState(read(partition, store, taskContext)))
        : threads.submit(
            () -> verifyAndRead(partition, store, taskContext, changelogEnd.lastFlush(partition)));
  }

  private OpenResult verifyAndRead(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext, long lastFlush)
      throws InterruptedException {
    StreamsRowStore state = new StreamsRowStore(store);
    FlushCheckpoint.requireReadable(state);
    long begun = FlushCheckpoint.begun(state);
    long completed = FlushCheckpoint.read(state).sequence();
    if (begun != completed) {
      return new OpenResult.IncompleteState(
          "flush %d in its state is incomplete; the last complete flush is %d"
              .formatted(begun, completed));
    }
    if (completed != lastFlush) {
      return new OpenResult.IncompleteState(
          "the last flush in its state is %d, but in its changelog %d"
              .formatted(completed, lastFlush));
    }
    readPermits.acquire();
    try {
      return new OpenResult.OpenedState(read(partition, store, taskContext));
    } finally {
      readPermits.release();
    }
  }

  private static CreditEngine read(
      int partition, KeyValueStore<Bytes, byte[]> store, TaskContext taskContext) {
    long begin = System.nanoTime();
    CreditEngine engine =
        new CreditEngine(
            taskContext.engineConfig(),
            new StreamsRowStore.WritableStreamsRowStore(store),
            key -> Partitioning.partitionOf(key, taskContext.partitions()),
            taskContext.published());
    LOG.info(
        "Opened partition {}: read {} event ids in {} ms",
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
