package io.creditflow.pipeline;

import io.creditflow.pipeline.PartitionOpener.Outcome;
import io.creditflow.posting.FlushMark.Reached;
import io.creditflow.posting.PostingEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counting engine of a task, kept where both its processors find it. A store only in name: it
 * holds what is not yet written, and forgets it whenever the task or its processors are opened or
 * closed, because what was not flushed was not committed and is delivered again.
 *
 * <p>From {@link #begin} until the state is proven whole no record of the partition is handed out;
 * then it is read on from where the state stands.
 */
final class EngineStore implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(EngineStore.class);

  private TaskId task;
  private Workshop workshop;
  private ThreadInputs inputs;
  private CompletableFuture<Outcome> opening;
  private PostingEngine engine;
  private ReplayFilter filter;
  private boolean open;

  /** Whether a tick is on its way to the flush. */
  boolean ticking;

  /** The record last taken in; null before the first. */
  RecordMetadata last;

  /** Begins to open the state as it is at the last flush; to be called when it is restored. */
  void begin(TaskId newTask, KeyValueStore<Bytes, byte[]> books, Workshop newWorkshop) {
    task = newTask;
    workshop = newWorkshop;
    inputs = workshop.inputs();
    inputs.hold(task.partition());
    last = null;
    opening = workshop.opener().open(task.partition(), books, workshop);
    // No flush is known yet: a state that cannot be opened is a place to be stuck at, too.
    workshop.stuck().opened(task.partition(), -1, this::lastPlace);
  }

  /**
   * Whether records are counted; tries to get there.
   *
   * @throws TaskCorruptedException if the state is not whole and may be restored again
   */
  boolean isCounting() {
    if (engine == null && opening != null && opening.isDone()) {
      Outcome outcome = outcome();
      opening = null;
      if (outcome instanceof Outcome.Opened opened) {
        count(opened.engine());
      } else if (outcome instanceof Outcome.NotWhole notWhole) {
        restoreOrHalt(notWhole.why());
      }
    }
    return engine != null;
  }

  /** Whether nothing is to be waited for: it counts, or stands still. */
  boolean isSettled() {
    return opening == null;
  }

  private Outcome outcome() {
    try {
      return opening.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new StreamsException(failed.getCause());
    }
  }

  private void count(PostingEngine opened) {
    engine = opened;
    filter = new ReplayFilter(task.partition(), engine, inputs, workshop.gaps());
    Map<String, Long> next = new HashMap<>();
    engine.positions().forEach((topic, reached) -> next.put(topic, reached.nextOffset()));
    inputs.readFrom(task.partition(), next);
    workshop.gaps().whole(task.partition());
    workshop.stuck().opened(task.partition(), engine.flushes(), this::lastPlace);
  }

  private void restoreOrHalt(String why) {
    if (workshop.gaps().mayRestoreAgain(task.partition())) {
      LOG.warn(
          "Partition {} is not counted yet, {}: its state is restored from the whole changelog",
          task.partition(),
          why);
      throw new TaskCorruptedException(Set.of(task));
    }
    halt(why + ", as it was before it was restored from the whole changelog");
  }

  /** Counts this partition no more: to go on would lose or double events. */
  void halt(String why) {
    LOG.error(
        "Partition {} stands still, so that nothing is lost: {}. See docs/operations.md,"
            + " CreditflowPartitionHalted",
        task.partition(),
        why);
    workshop.gaps().halt(task.partition(), why);
    inputs.hold(task.partition());
    engine = null;
    filter = null;
  }

  /** The task's engine, once {@link #isCounting}. */
  PostingEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Where the record last taken in stands; null before the first. */
  StuckPartitions.Place lastPlace() {
    RecordMetadata record = last;
    return record == null
        ? null
        : new StuckPartitions.Place(record.topic(), record.partition(), record.offset());
  }

  /** Tells records that are to be counted, once {@link #isCounting}. */
  ReplayFilter filter() {
    return Objects.requireNonNull(filter);
  }

  /** How far the topics are read, once {@link #isCounting}. */
  Map<String, Reached> reached() {
    return inputs.reached(task.partition(), engine.positions());
  }

  /** Whether a commit is needed though nothing changed. */
  boolean owesOffsets() {
    return inputs.owesOffsets(task.partition());
  }

  /** Leaves nothing in memory: the state has to be opened again. */
  void forget() {
    if (inputs != null) {
      inputs.forget(task.partition());
      workshop.gaps().moved(task.partition());
    }
    opening = null;
    engine = null;
    filter = null;
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
