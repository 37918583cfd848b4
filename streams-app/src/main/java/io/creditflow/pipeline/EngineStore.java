package io.creditflow.pipeline;

import io.creditflow.posting.PostingEngine;
import io.creditflow.schemas.Partitioning;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counting engine of a task, kept where both its processors find it. A store only in name: it
 * holds what is not yet written, and forgets it whenever the task or its processors are opened or
 * closed, because what was not flushed was not committed and is delivered again.
 */
final class EngineStore implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(EngineStore.class);

  private PostingEngine engine;
  private boolean open;

  /** Whether a tick is on its way to the flush. */
  boolean ticking;

  /** Opens the books as they are at the last flush; see {@link Unopened} for when that is. */
  void open(int partition, KeyValueStore<Bytes, byte[]> books, Workshop workshop) {
    long begin = System.nanoTime();
    engine =
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
  }

  /** The task's engine, once its books are open. */
  PostingEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Leaves nothing in memory: the books have to be opened again. */
  void forget() {
    engine = null;
    ticking = false;
  }

  @Override
  public String name() {
    return CreditTopology.ENGINE;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    forget();
    open = true;
  }

  @Override
  public void close() {
    forget();
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  static StoreBuilder<EngineStore> builder() {
    return new Builder();
  }

  private static final class Builder implements StoreBuilder<EngineStore> {
    @Override
    public StoreBuilder<EngineStore> withCachingEnabled() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<EngineStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<EngineStore> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<EngineStore> withLoggingDisabled() {
      return this;
    }

    @Override
    public EngineStore build() {
      return new EngineStore();
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return CreditTopology.ENGINE;
    }
  }
}
