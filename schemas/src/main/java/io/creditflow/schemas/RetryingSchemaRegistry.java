package io.creditflow.schemas;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * Retries an unknown schema id that may just have been registered: a registry replica may lag
 * behind. Only an id above the highest id found so far is retried, for {@link #WAIT} and once per
 * id, before it counts as unknown (contract section 5).
 *
 * <p>Waiting blocks the caller, so each thread waits for at most a tenth of its time. A producer
 * that sends invalid ids therefore cannot stop it. Thread-safe.
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

  /** Ids that were still unknown after the full wait. */
  private final LruCache<Integer, Boolean> confirmedUnknown = new LruCache<>(IDS_MAX);

  private final ThreadLocal<WaitBudget> budgets = ThreadLocal.withInitial(WaitBudget::new);

  /**
   * @param sleepNanos sleeps for the given nanoseconds; throws if the process stops meanwhile
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
      if (id <= highestFound.get() || confirmedUnknown.get(id) != null) {
        throw unknown;
      }
      return awaited(id, unknown);
    }
  }

  private Schema awaited(int id, UnknownSchemaException unknown) {
    WaitBudget budget = budgets.get();
    long begin = nanoTime.getAsLong();
    long wait = budget.at(begin);
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
      budget.spend(nanoTime.getAsLong() - begin);
    }
    if (wait == WAIT.toNanos()) {
      confirmedUnknown.put(id, true);
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

  /**
   * How long one thread may still wait, in nanoseconds. The budget grows by a tenth of the time
   * that passes.
   */
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
