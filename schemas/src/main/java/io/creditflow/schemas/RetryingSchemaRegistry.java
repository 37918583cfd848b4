package io.creditflow.schemas;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A registry that does not take a "no such id" at its word where the id may only be fresh: a
 * replica may not have heard yet of what was registered a moment ago. An id higher than any that
 * was ever found is asked for again, once per id, for {@link #WAIT} before it is believed to be
 * unknown (contract section 5).
 *
 * <p>Waiting blocks the caller, so a thread waits for at most a tenth of its time: made-up ids
 * cannot hold it up. Safe for many threads.
 */
public final class RetryingSchemaRegistry implements SchemaRegistry {
  static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int SHARE = 10;
  private static final int IDS_MAX = 10_000;

  private final SchemaRegistry registry;
  private final LongSupplier nanoTime;
  private final LongConsumer sleepNanos;
  private final AtomicInteger highestFound = new AtomicInteger(-1);

  /** Ids that were waited for in full, and were still unknown. */
  private final LruCache<Integer, Boolean> waitedInVain = new LruCache<>(IDS_MAX);

  private final ThreadLocal<WaitBudget> allowances = ThreadLocal.withInitial(WaitBudget::new);

  /**
   * @param sleepNanos sleeps for so many nanoseconds; throws if the process stops meanwhile
   */
  public RetryingSchemaRegistry(SchemaRegistry registry, LongConsumer sleepNanos) {
    this(registry, sleepNanos, System::nanoTime);
  }

  RetryingSchemaRegistry(SchemaRegistry registry, LongConsumer sleepNanos, LongSupplier nanoTime) {
    this.registry = registry;
    this.sleepNanos = sleepNanos;
    this.nanoTime = nanoTime;
  }

  @Override
  public Schema schemaById(int id) {
    try {
      return found(id, registry.schemaById(id));
    } catch (UnknownSchemaException unknown) {
      if (id <= highestFound.get() || waitedInVain.get(id) != null) {
        throw unknown;
      }
      return awaited(id, unknown);
    }
  }

  private Schema awaited(int id, UnknownSchemaException unknown) {
    WaitBudget allowance = allowances.get();
    long begin = nanoTime.getAsLong();
    long wait = allowance.at(begin);
    UnknownSchemaException last = unknown;
    try {
      while (nanoTime.getAsLong() - begin + PAUSE.toNanos() <= wait) {
        sleepNanos.accept(PAUSE.toNanos());
        try {
          return found(id, registry.refetchSchemaById(id));
        } catch (UnknownSchemaException still) {
          last = still;
        }
      }
    } finally {
      allowance.spend(nanoTime.getAsLong() - begin);
    }
    if (wait == WAIT.toNanos()) {
      waitedInVain.put(id, true);
    }
    throw last;
  }

  private Schema found(int id, Schema schema) {
    highestFound.accumulateAndGet(id, Math::max);
    return schema;
  }

  @Override
  public int register(String subject, Schema schema) {
    return registry.register(subject, schema);
  }

  @Override
  public int lookUp(String subject, Schema schema) {
    return registry.lookUp(subject, schema);
  }

  @Override
  public Registered latest(String subject) {
    return registry.latest(subject);
  }

  /** What one thread may still wait, in nanoseconds; grows by a tenth of the time that passes. */
  private final class WaitBudget {
    private long left = WAIT.toNanos();
    private long since = nanoTime.getAsLong();

    private long at(long now) {
      left = Math.min(WAIT.toNanos(), left + (now - since) / SHARE);
      since = now;
      return left;
    }

    private void spend(long nanos) {
      left -= nanos;
    }
  }
}
