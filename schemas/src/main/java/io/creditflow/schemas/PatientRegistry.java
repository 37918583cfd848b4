package io.creditflow.schemas;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
public final class PatientRegistry implements SchemaRegistry {
  static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int SHARE = 10;
  private static final int IDS_MAX = 10_000;

  private final SchemaRegistry registry;
  private final LongSupplier nanoTime;
  private final LongConsumer sleepNanos;
  private final AtomicInteger highestFound = new AtomicInteger(-1);
  private final BoundedCache<Integer, Boolean> waitedInVain = new BoundedCache<>(IDS_MAX);
  private final ThreadLocal<Allowance> allowances = ThreadLocal.withInitial(Allowance::new);

  public PatientRegistry(SchemaRegistry registry) {
    this(registry, System::nanoTime, PatientRegistry::sleep);
  }

  PatientRegistry(SchemaRegistry registry, LongSupplier nanoTime, LongConsumer sleepNanos) {
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.sleepNanos = sleepNanos;
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
    Allowance allowance = allowances.get();
    long begin = nanoTime.getAsLong();
    long end = begin + allowance.atMost(begin);
    try {
      while (end - nanoTime.getAsLong() >= PAUSE.toNanos()) {
        sleepNanos.accept(PAUSE.toNanos());
        try {
          return found(id, registry.schemaByIdAnew(id));
        } catch (UnknownSchemaException still) {
          unknown = still;
        }
      }
    } finally {
      allowance.spent(nanoTime.getAsLong() - begin);
    }
    waitedInVain.put(id, true);
    throw unknown;
  }

  private Schema found(int id, Schema schema) {
    highestFound.accumulateAndGet(id, Math::max);
    return schema;
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted while waiting for a fresh schema id", e);
    }
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
  private final class Allowance {
    private long left = WAIT.toNanos();
    private long at = nanoTime.getAsLong();

    long atMost(long now) {
      left = Math.min(WAIT.toNanos(), left + (now - at) / SHARE);
      at = now;
      return left;
    }

    void spent(long nanos) {
      left -= nanos;
    }
  }
}
