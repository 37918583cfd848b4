package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.state.RowStore;
import io.creditflow.streams.PartitionOpener.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition while this process owns it, from {@link #open} to {@link #release}:
 *
 * <ol>
 *   <li>opening: its task has restored the state; no record of the partition is handed out until
 *       the state is proven whole and its ids are in memory;
 *   <li>counting: records are read from where the state stands;
 *   <li>halted: to count on would lose or double events.
 * </ol>
 *
 * <p>What was not flushed was not committed and is delivered again, so nothing in memory outlives a
 * release. Kafka Streams keeps it as a store of the task, where both processors find it, and uses
 * it again when the task is revived. Used by the task's thread; {@link #read}, {@link #asOf} and
 * {@link #haltedBy} by any.
 */
final class OwnedPartition implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

  /** The last flush that holds all there is, and the append time up to which it does. */
  private record FlushFreshness(long flush, long asOf) {}

  /** Brokers' clocks that go one after the other differ by less; asOf follows within a minute. */
  private static final long STEP_MILLIS = Duration.ofSeconds(30).toMillis();

  private static final long AHEAD_MILLIS_MAX = Duration.ofHours(1).toMillis();

  private final TaskContext taskContext;

  /** Held shared while {@link #store} is read, exclusively when it is replaced. */
  private final ReadWriteLock storeLock = new ReentrantReadWriteLock();

  private TaskId task;
  private InputPositions inputs;
  private CompletableFuture<Outcome> opening;
  private CreditEngine engine;
  private ReplayFilter filter;
  private boolean flushIsDue;
  private RecordMetadata lastRecord;
  private boolean isInitialized;
  private ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private volatile FlushFreshness freshness;
  private volatile String haltedBy;

  OwnedPartition(TaskContext taskContext) {
    this.taskContext = taskContext;
  }

  /** Begins to open the state as it is at the last flush; to be called when it is restored. */
  void open(TaskId newTask, KeyValueStore<Bytes, byte[]> newStore) {
    release();
    task = newTask;
    setStore(committed(newStore));
    inputs = taskContext.inputs();
    inputs.pause(partition());
    lastRecord = null;
    opening = taskContext.opener().open(partition(), newStore, taskContext);
    taskContext.owned().put(partition(), this);
    // No flush is known yet: a state that cannot be opened is a place to be stuck at, too.
    taskContext.stuck().opened(partition(), -1, this::lastPosition);
    finishOpening();
  }

  /**
   * The store without what is not committed yet. The processor's view of it does not pass {@code
   * readOnly} on, the store behind it does.
   */
  private static ReadOnlyKeyValueStore<Bytes, byte[]> committed(
      KeyValueStore<Bytes, byte[]> store) {
    KeyValueStore<Bytes, byte[]> behind = store;
    if (store instanceof WrappedStateStore<?, ?, ?> view
        && view.wrapped() instanceof KeyValueStore<?, ?> wrapped) {
      @SuppressWarnings("unchecked") // the same store
      KeyValueStore<Bytes, byte[]> same = (KeyValueStore<Bytes, byte[]>) wrapped;
      behind = same;
    }
    return behind.readOnly(IsolationLevel.READ_COMMITTED);
  }

  /**
   * Counts, if the state has proven whole meanwhile.
   *
   * @return whether there is nothing to wait for: it counts, or is halted
   * @throws TaskCorruptedException if the state is not whole and may be restored again
   */
  boolean finishOpening() {
    if (opening == null) {
      return true;
    }
    if (!opening.isDone()) {
      return false;
    }
    Outcome outcome = outcome();
    opening = null;
    if (outcome instanceof Outcome.OpenedState opened) {
      count(opened.engine());
    } else if (outcome instanceof Outcome.IncompleteState notWhole) {
      restoreOrHalt(notWhole.why());
    }
    return true;
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

  private void count(CreditEngine opened) {
    engine = opened;
    filter = new ReplayFilter(partition(), engine, inputs, taskContext.gaps());
    Map<String, Long> next = new HashMap<>();
    engine.positions().forEach((topic, position) -> next.put(topic, position.nextOffset()));
    inputs.readFrom(partition(), next);
    taskContext.gaps().complete(partition());
    taskContext.stuck().opened(partition(), engine.flushes(), this::lastPosition);
  }

  private void restoreOrHalt(String why) {
    if (taskContext.gaps().mayRestore(partition())) {
      LOG.warn(
          "Partition {} is not counted yet, {}: its state is restored from the whole changelog",
          partition(),
          why);
      throw new TaskCorruptedException(Set.of(task));
    }
    halt(why + ", as it was before it was restored from the whole changelog");
  }

  /** Counts this partition no more: to go on would lose or double events. */
  void halt(String why) {
    LOG.error(
        "Partition {} is halted, so that nothing is lost: {}. See docs/operations.md,"
            + " CreditflowPartitionHalted",
        partition(),
        why);
    haltedBy = why;
    inputs.pause(partition());
    engine = null;
  }

  /** Leaves nothing in memory: the state has to be opened again. Waits for reads to end. */
  void release() {
    if (task != null) {
      taskContext.owned().remove(partition(), this);
      inputs.forget(partition());
    }
    task = null;
    opening = null;
    engine = null;
    filter = null;
    flushIsDue = false;
    setStore(null);
    freshness = null;
    haltedBy = null;
  }

  private int partition() {
    return task.partition();
  }

  boolean isCounting() {
    return engine != null;
  }

  /** Counts its records, while {@link #isCounting}. */
  CreditEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Tells which records are to be counted, while {@link #isCounting}. */
  ReplayFilter filter() {
    return Objects.requireNonNull(filter);
  }

  /**
   * The commit is to flush.
   *
   * @return whether it was not to before
   */
  boolean requestFlush() {
    boolean isFirst = !flushIsDue;
    flushIsDue = true;
    return isFirst;
  }

  void flushed() {
    flushIsDue = false;
  }

  /** A record is about to be counted. */
  void onRecord(RecordMetadata record) {
    lastRecord = record;
  }

  /** Where the record last taken in stands; null before the first. */
  private StuckPartitions.RecordPosition lastPosition() {
    RecordMetadata record = lastRecord;
    return record == null
        ? null
        : new StuckPartitions.RecordPosition(record.topic(), record.partition(), record.offset());
  }

  /**
   * Gives up, raises and recounts what is due by now though nothing arrives. By a brokers' clock
   * that is far ahead of this machine's nothing is given up or forgotten, which could not be taken
   * back (contract section 4).
   *
   * @param ownNow this machine's time, milliseconds since 1970
   */
  void advanceTime(long ownNow) {
    EndOffsets ends = taskContext.ends();
    long asOf = ends.asOf(partition(), inputs.reached(partition(), engine.positions()));
    if (asOf > 0 && engine.asOf() > ends.now().orElse(Long.MAX_VALUE - STEP_MILLIS) + STEP_MILLIS) {
      LOG.warn("The brokers' clock has stepped back: partition {} is as of {}", partition(), asOf);
      engine.stepBackTo(asOf);
    } else if (asOf > ownNow + AHEAD_MILLIS_MAX) {
      engine.reflectTo(asOf);
    } else {
      engine.advance(asOf);
    }
  }

  /**
   * Whether it is to be flushed though no record asks for that. Where other instances read copies
   * of the state, it says in there how current it is; an instance alone keeps that to itself, and
   * commits nothing while nothing happens.
   */
  boolean needsFlush(long now) {
    return !flushIsDue
        && (engine.isDue(now)
            || (engine.isCheckpointOld()
                && (inputs.hasUncommittedOffsets(partition())
                    || taskContext.isCopied().getAsBoolean())));
  }

  /** Takes note of how current the state is, unless there is something to be written. */
  void recordFreshness() {
    if (!engine.isDirty()) {
      freshness = new FlushFreshness(engine.flushes(), engine.asOf());
    }
  }

  /** The asOf that readers of this flush get; milliseconds since 1970. */
  long asOf(FlushCheckpoint checkpoint) {
    FlushFreshness last = freshness;
    return last != null && last.flush == checkpoint.sequence() ? last.asOf : checkpoint.asOf();
  }

  /**
   * Reads the state as its task has it, committed rows only. Kafka Streams would look through all
   * tasks for each row that is read, under a lock that restoring takes too. The task is not closed
   * meanwhile: its view of RocksDB does not check that, and the process would crash.
   *
   * @return empty once the task is closed
   */
  <T> Optional<T> read(Function<RowStore, T> reader) {
    storeLock.readLock().lock();
    try {
      return Optional.ofNullable(store).map(StreamsRowStore::new).map(reader);
    } finally {
      storeLock.readLock().unlock();
    }
  }

  private void setStore(ReadOnlyKeyValueStore<Bytes, byte[]> newStore) {
    storeLock.writeLock().lock();
    try {
      store = newStore;
    } finally {
      storeLock.writeLock().unlock();
    }
  }

  /** The number of the last flush that Kafka has committed; -1 once the task is closed. */
  long committedFlush() {
    return read(state -> FlushCheckpoint.read(state).sequence()).orElse(-1L);
  }

  /** Why it is not counted; null if it is, or will be. */
  String haltedBy() {
    return haltedBy;
  }

  @Override
  public String name() {
    return CreditTopology.PARTITION;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    isInitialized = true;
  }

  @Override
  public void close() {
    release();
    isInitialized = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return isInitialized;
  }
}
