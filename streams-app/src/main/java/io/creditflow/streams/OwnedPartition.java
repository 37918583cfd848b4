package io.creditflow.streams;

import io.creditflow.engine.CreditEngine;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.state.RowStore;
import io.creditflow.streams.PartitionOpener.OpenResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition during one life of its task, from {@link #open} to {@link #release}. It is in one of
 * three phases:
 *
 * <ol>
 *   <li>opening: the task has restored the state; no record of the partition is delivered until the
 *       state is verified and its ids are in memory;
 *   <li>counting: records are read from the offsets that the state holds;
 *   <li>halted: if counting continued, events would be lost or counted twice.
 * </ol>
 *
 * <p>A release drops everything in memory. Changes that were not flushed were not committed, so
 * their records are delivered again. {@link EventProcessor} opens and releases this object, and
 * {@link FlushProcessor} shares it. Kafka Streams initializes the processors of a revived task
 * again, which opens a new object. Used by the task's thread; {@link #read}, {@link #asOf} and
 * {@link #haltedBy} may be called by any thread.
 */
final class OwnedPartition {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

  /**
   * The asOf of the last flush. While no record arrives, it advances in memory only, so it can be
   * later than the asOf in the flush checkpoint.
   *
   * @param flush the number of the flush
   * @param asOf the append time before which the flush reflects every record
   */
  private record FlushFreshness(long flush, long asOf) {}

  /**
   * If asOf is later than the brokers' time by more than this, the brokers' clock has stepped back,
   * and asOf is set back, too. A smaller difference, for example between the clocks of two brokers,
   * does not change asOf.
   */
  private static final long CLOCK_STEP_MILLIS = Duration.ofSeconds(30).toMillis();

  /** If asOf is later than this machine's time by more than this, nothing expires. */
  private static final long AHEAD_MILLIS_MAX = Duration.ofHours(1).toMillis();

  private final TaskContext taskContext;

  private final TaskId task;
  private final InputPositions inputs;

  /** The read lock is held while {@link #store} is read, the write lock while it is cleared. */
  private final ReadWriteLock storeLock = new ReentrantReadWriteLock();

  private ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private Future<OpenResult> opening;
  private CreditEngine engine;
  private ReplayFilter filter;
  private boolean isFlushRequested;
  private RecordMetadata lastRecord;
  private volatile FlushFreshness freshness;
  private volatile String haltedBy;

  private OwnedPartition(
      TaskContext taskContext, TaskId task, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    this.taskContext = taskContext;
    this.task = task;
    this.store = store;
    inputs = taskContext.inputs();
  }

  /** Starts to open the state at its last flush. Called when Kafka Streams has restored it. */
  static OwnedPartition open(
      TaskContext taskContext, TaskId task, KeyValueStore<Bytes, byte[]> store) {
    OwnedPartition opened = new OwnedPartition(taskContext, task, committed(store));
    try {
      opened.startOpening(store);
      return opened;
    } catch (RuntimeException | Error failed) {
      opened.release(); // Kafka Streams closes no processor whose initialization has failed
      throw failed;
    }
  }

  private void startOpening(KeyValueStore<Bytes, byte[]> writableStore) {
    inputs.pause(partition());
    opening = taskContext.opener().open(partition(), writableStore, taskContext);
    taskContext.owned().put(partition(), this);
    // -1: the last flush is not known yet. This call makes failures to open the state count, too.
    taskContext.stuck().opened(partition(), -1, this::lastLocation);
    finishOpening();
  }

  /**
   * A view of the store that shows committed rows only. Kafka Streams gives processors a wrapper
   * that does not support {@code readOnly}, but the wrapped store does.
   */
  private static ReadOnlyKeyValueStore<Bytes, byte[]> committed(
      KeyValueStore<Bytes, byte[]> store) {
    KeyValueStore<Bytes, byte[]> innermost = store;
    if (store instanceof WrappedStateStore<?, ?, ?> wrapper
        && wrapper.wrapped() instanceof KeyValueStore<?, ?> wrapped) {
      @SuppressWarnings("unchecked") // the same store
      KeyValueStore<Bytes, byte[]> same = (KeyValueStore<Bytes, byte[]>) wrapped;
      innermost = same;
    }
    return innermost.readOnly(IsolationLevel.READ_COMMITTED);
  }

  /**
   * Starts counting if the state has been opened. Halts the partition if the state is still
   * incomplete after it was restored again.
   *
   * @return whether opening has ended: the partition is counting or halted
   * @throws TaskCorruptedException if the state is incomplete and may be restored again
   */
  boolean finishOpening() {
    if (opening == null) {
      return true;
    }
    if (!opening.isDone()) {
      return false;
    }
    OpenResult result = openResult();
    opening = null;
    if (result instanceof OpenResult.OpenedState opened) {
      startCounting(opened.engine());
    } else if (result instanceof OpenResult.IncompleteState incomplete) {
      restoreOrHalt(incomplete.why());
    }
    return true;
  }

  private OpenResult openResult() {
    try {
      return opening.get();
    } catch (InterruptedException impossible) {
      throw new StreamsException(impossible); // opening has ended
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new StreamsException(failed.getCause());
    }
  }

  private void startCounting(CreditEngine opened) {
    engine = opened;
    filter = new ReplayFilter(partition(), engine, inputs, taskContext.recoveries());
    Map<String, Long> next = new HashMap<>();
    engine.positions().forEach((topic, position) -> next.put(topic, position.nextOffset()));
    inputs.resumeAt(partition(), next);
    taskContext.recoveries().onComplete(partition());
    taskContext.stuck().opened(partition(), engine.lastFlush(), this::lastLocation);
  }

  private void restoreOrHalt(String why) {
    if (taskContext.recoveries().onIncomplete(partition())) {
      LOG.warn(
          "The state of partition {} is incomplete: {}. It is restored from the whole changelog",
          partition(),
          why);
      throw new TaskCorruptedException(Set.of(task));
    }
    halt(why + "; restoring it from the whole changelog did not help");
  }

  /**
   * Halts this partition: if it continued, events would be lost or counted twice.
   *
   * @param why a description of the reason
   */
  void halt(String why) {
    LOG.error(
        "Partition {} is halted to prevent loss or double counting: {}. See docs/operations.md,"
            + " CreditflowPartitionHalted",
        partition(),
        why);
    haltedBy = why;
    inputs.pause(partition());
    engine = null;
  }

  /**
   * Clears everything in memory and the reference to the store; waits for reads of the store to
   * end.
   */
  void release() {
    taskContext.owned().remove(partition(), this);
    inputs.forget(partition());
    opening = null;
    engine = null;
    filter = null;
    freshness = null;
    storeLock.writeLock().lock();
    try {
      store = null;
    } finally {
      storeLock.writeLock().unlock();
    }
  }

  private int partition() {
    return task.partition();
  }

  boolean isCounting() {
    return engine != null;
  }

  /** The engine that counts the partition's records; only while {@link #isCounting}. */
  CreditEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** The filter of the partition's records; only while {@link #isCounting}. */
  ReplayFilter filter() {
    return Objects.requireNonNull(filter);
  }

  /**
   * Marks that the next commit must flush.
   *
   * @return whether this is the first request since the last flush
   */
  boolean requestFlush() {
    boolean isFirst = !isFlushRequested;
    isFlushRequested = true;
    return isFirst;
  }

  void flushed() {
    isFlushRequested = false;
  }

  /** Remembers the location of the record that is about to be counted. */
  void onRecord(RecordMetadata record) {
    lastRecord = record;
  }

  /** The location of the last record given to the engine; null before the first. */
  private RecordLocation lastLocation() {
    RecordMetadata record = lastRecord;
    return record == null
        ? null
        : new RecordLocation(record.topic(), record.partition(), record.offset());
  }

  /**
   * Updates asOf; the timer calls this, also while no record arrives. Normally asOf advances, and
   * pending reversals and event ids expire. If the brokers' clock has stepped back, asOf is set
   * back. If their clock is more than an hour ahead of this machine's, nothing expires, because
   * that could not be undone (contract section 4).
   *
   * @param ownNow this machine's time, milliseconds since 1970
   */
  void advanceTime(long ownNow) {
    EndOffsets ends = taskContext.ends();
    long asOf = ends.asOf(partition(), inputs.reached(partition(), engine.positions()));
    if (asOf > 0
        && engine.asOf()
            > ends.now().orElse(Long.MAX_VALUE - CLOCK_STEP_MILLIS) + CLOCK_STEP_MILLIS) {
      LOG.warn(
          "The brokers' clock has stepped back; asOf of partition {} is now {}", partition(), asOf);
      engine.setBackAsOf(asOf);
    } else if (asOf > ownNow + AHEAD_MILLIS_MAX) {
      engine.advanceAsOf(asOf);
    } else {
      engine.advance(asOf);
    }
  }

  /**
   * Whether the partition must be flushed although no record has requested a flush. True if the
   * engine has work that is due. Also true if the checkpoint's asOf is old and either other
   * instances may hold standby copies, whose readers get asOf from the checkpoint, or the state's
   * offsets are not committed yet. A single instance advances asOf in memory only, and commits
   * nothing while no record arrives.
   */
  boolean needsFlush(long now) {
    return !isFlushRequested
        && (engine.isDue(now)
            || (engine.isCheckpointOld()
                && (inputs.hasUncommittedOffsets(partition())
                    || taskContext.isOneOfSeveral().getAsBoolean())));
  }

  /**
   * Stores the current asOf in memory for readers of the last flush, unless unflushed changes
   * exist. If there may be other instances, stores nothing: a new owner would start from the asOf
   * in the state, which is earlier.
   */
  void updateFreshness() {
    if (taskContext.isOneOfSeveral().getAsBoolean()) {
      freshness = null;
    } else if (!engine.isDirty()) {
      freshness = new FlushFreshness(engine.lastFlush(), engine.asOf());
    }
  }

  /** The asOf for readers of the flush with this checkpoint, milliseconds since 1970. */
  long asOf(FlushCheckpoint checkpoint) {
    FlushFreshness last = freshness;
    return last != null && last.flush == checkpoint.sequence() ? last.asOf : checkpoint.asOf();
  }

  /**
   * Reads committed rows directly from the task's store. A read through Kafka Streams is slower:
   * for each row it searches all tasks, under a lock that restoring needs, too. {@link #storeLock}
   * keeps the store open during the read. This is necessary because the read-only view does not
   * check whether the store is open, and reading a closed store crashes the process
   * (docs/decisions/0016).
   *
   * @return empty after the task is closed
   */
  <T> Optional<T> read(Function<RowStore, T> reader) {
    storeLock.readLock().lock();
    try {
      return Optional.ofNullable(store).map(StreamsRowStore::new).map(reader);
    } finally {
      storeLock.readLock().unlock();
    }
  }

  /** The number of the last committed flush; -1 after the task is closed. */
  long committedFlush() {
    return read(state -> FlushCheckpoint.read(state).sequence()).orElse(-1L);
  }

  /** The reason why the partition is halted; null if it is not halted. */
  String haltedBy() {
    return haltedBy;
  }
}
