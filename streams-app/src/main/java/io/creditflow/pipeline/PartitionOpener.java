package io.creditflow.pipeline;

import io.creditflow.posting.FlushMark;
import io.creditflow.posting.PostingEngine;
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
    record Opened(PostingEngine engine) implements Outcome {}

    /** It is not what its changelog says. */
    record NotWhole(String why) implements Outcome {}
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
      int partition, KeyValueStore<Bytes, byte[]> books, Workshop workshop) {
    ChangelogEnd end = changelog;
    if (end == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Opened(read(partition, books, workshop)));
    }
    CompletableFuture<Outcome> opening = new CompletableFuture<>();
    var unused =
        threads.submit(
            () -> {
              try {
                opening.complete(prove(partition, books, workshop, end.lastFlush(partition)));
              } catch (InterruptedException | RuntimeException | Error e) {
                opening.completeExceptionally(e);
              }
            });
    return opening;
  }

  private Outcome prove(
      int partition, KeyValueStore<Bytes, byte[]> books, Workshop workshop, long lastFlush)
      throws InterruptedException {
    StoreState state = new StoreState(books);
    FlushMark.requireReadable(state);
    long begun = FlushMark.opened(state);
    long ended = FlushMark.read(state).sequence();
    if (begun != ended) {
      return new Outcome.NotWhole(
          "its state ends within flush %d: flush %d is its last whole one".formatted(begun, ended));
    }
    if (ended != lastFlush) {
      return new Outcome.NotWhole(
          "its state is of flush %d, its changelog ends with flush %d".formatted(ended, lastFlush));
    }
    reading.acquire();
    try {
      return new Outcome.Opened(read(partition, books, workshop));
    } finally {
      reading.release();
    }
  }

  private static PostingEngine read(
      int partition, KeyValueStore<Bytes, byte[]> books, Workshop workshop) {
    long begin = System.nanoTime();
    PostingEngine engine =
        new PostingEngine(
            workshop.rules(),
            new StoreState.Writable(books),
            key -> Partitioning.partitionOf(key, workshop.partitions()),
            workshop.published());
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
