package io.creditflow.chaos;

import io.creditflow.histories.SeededRandom;
import java.time.Duration;
import java.util.List;

/**
 * A fault to inject.
 *
 * @param target index of the affected instance or broker, from 0. If the kind affects two of three,
 *     the index of the unaffected one; ignored if it affects all or none
 * @param lastsMillis how long the fault lasts
 * @param calmMillis pause after the fault before the next one
 * @param clockAheadSeconds error of the clock for clock faults; negative if the clock is behind
 */
record Fault(Kind kind, int target, long lastsMillis, long calmMillis, long clockAheadSeconds) {
  private static final int CLOCK_WRONG_SECONDS_MAX = 4 * 3_600;

  /** A stall of the coordinator that exceeds the session timeout of group members. */
  private static final int STALL_MILLIS_MIN = 15_000;

  private static final int STALL_MILLIS_MAX = 20_000;

  /**
   * Longer than the session timeout, the transaction timeout and the 60 s that Kafka waits for a
   * commit by default.
   */
  private static final int OUTAGE_MILLIS_MIN = 70_000;

  private static final int OUTAGE_MILLIS_MAX = 150_000;

  /**
   * The kinds of faults. A run shuffles them by its seed. {@link FaultInjector} begins each fault
   * and heals it after {@code lastsMillis}; only an instance's clock stays wrong until its next
   * start.
   */
  enum Kind {
    INSTANCE_KILLED("kill -9 of an instance", 0, 6_000),
    INSTANCE_FROZEN("instance frozen (SIGSTOP)", 1_000, 12_000),
    INSTANCE_RESTARTED("clean restart of an instance", 0, 3_000),
    STATE_DELETED("instance killed, its state deleted", 0, 4_000),
    DISK_FULL("an instance's disk full", 2_000, 8_000),
    STARTED_ON_FULL_DISK("an instance restarted on a full disk", 4_000, 12_000),
    INSTANCES_KILLED("kill -9 of all instances", 0, 2_000),
    SCALED_DOWN("scaled down to one instance", 3_000, 12_000),
    BROKER_KILLED("kill -9 of a broker", 0, 8_000),
    CONTROLLER_KILLED("kill -9 of the active controller", 0, 8_000),
    BROKER_FROZEN("broker frozen (SIGSTOP)", 1_000, 12_000),
    BROKER_RESTARTED("clean restart of a broker", 0, 3_000),
    BROKERS_KILLED("kill -9 of two brokers of three", 0, 4_000),
    BROKERS_STOPPED("all brokers stopped", OUTAGE_MILLIS_MIN, OUTAGE_MILLIS_MAX),
    BROKERS_UNREACHABLE(
        "network between all instances and all brokers cut", OUTAGE_MILLIS_MIN, OUTAGE_MILLIS_MAX),
    REGISTRY_AWAY("registry killed", 1_000, 10_000),
    INSTANCE_AND_BROKER_KILLED("kill -9 of an instance and a broker at once", 0, 6_000),
    NETWORK_CUT("network of an instance cut, refusing", 2_000, 14_000),
    NETWORK_SILENT("network of an instance cut, silent", 2_000, 14_000),
    BROKER_UNREACHABLE("network between an instance and a broker cut", 4_000, 14_000),
    INSTANCE_CLOCK_WRONG("clock of an instance wrong until its next start", 0, 4_000),
    BROKER_CLOCK_AHEAD("clock of a broker ahead", 10_000, 30_000),
    COORDINATOR_FROZEN("group coordinator frozen (SIGSTOP)", STALL_MILLIS_MIN, STALL_MILLIS_MAX),
    PARTITION_WITHOUT_LEADER("a partition without a leader", 5_000, 20_000),
    NAME_TAKEN("a second process under an instance's name", 5_000, 20_000),
    DISK_SLOW("an instance's disk slow", 6_000, 14_000),
    ROLLING_UPGRADE("new schema upstream, instances restarted in turn", 0, 1_000);

    final String description;
    private final int minMillis;
    private final int maxMillis;

    Kind(String description, int minMillis, int maxMillis) {
      this.description = description;
      this.minMillis = minMillis;
      this.maxMillis = maxMillis;
    }

    /** Whether a fault of this kind takes at most half of a run of this length. */
    boolean fitsInto(Duration length) {
      return length.toMillis() >= 2L * maxMillis;
    }
  }

  /** One fault of each kind, in random order. */
  static List<Fault> round(SeededRandom random, List<Kind> kinds) {
    return random.shuffled(kinds).stream()
        .map(
            kind ->
                new Fault(
                    kind,
                    random.between(0, 2),
                    random.between(kind.minMillis, kind.maxMillis),
                    random.between(500, 5_000),
                    (random.chance(50) ? 1L : -1L) * random.between(60, CLOCK_WRONG_SECONDS_MAX)))
        .toList();
  }

  @Override
  public String toString() {
    String what =
        switch (kind) {
          case INSTANCE_CLOCK_WRONG -> ", by %,d s".formatted(clockAheadSeconds);
          case BROKER_CLOCK_AHEAD -> ", by %,d s".formatted(Math.abs(clockAheadSeconds));
          default -> "";
        };
    return "%s (%d) for %,d ms%s".formatted(kind.description, target + 1, lastsMillis, what);
  }
}
