package io.creditflow.api.peer;

import io.creditflow.local.LocalState.Reading;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.schemas.Partitioning;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Reads a partition from its owner, else from a standby whose state is within the staleness bound.
 * Either can be this instance or another one. Thread-safe.
 */
public final class PartitionLocator {
  private static final long RETRY_NANOS_MAX = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Placement placement;
  private final PeerClient peers;
  private final Duration stalenessBound;
  private final Clock clock;

  public PartitionLocator(
      Placement placement, PeerClient peers, Duration stalenessBound, Clock clock) {
    this.placement = placement;
    this.peers = peers;
    this.stalenessBound = stalenessBound;
    this.clock = clock;
  }

  /** Reads from another instance. */
  public interface RemoteRead<R> {
    /**
     * @param address the instance, {@code host:port}
     * @throws PeerUnavailableException if the instance cannot answer
     */
    R ask(String address);
  }

  public int partitionOf(String workspaceId) {
    return Partitioning.partitionOf(workspaceId, placement.partitions());
  }

  /**
   * The number of partitions of every input topic.
   *
   * @throws PartitionNotLocalException while this instance starts
   */
  public int partitions() {
    return placement.partitions();
  }

  /** Whether the number of partitions is known; false while this instance starts. */
  public boolean knowsPartitions() {
    try {
      return placement.partitions() > 0;
    } catch (PartitionNotLocalException starting) {
      return false;
    }
  }

  /** The owner of a partition; this instance if no owner is known. */
  public String ownerOf(int partition) {
    String owner = placement.holders(partition).owner();
    return owner == null ? placement.self() : owner;
  }

  public String self() {
    return placement.self();
  }

  /**
   * Reads a partition. If no instance can answer, retries for up to a second, which usually covers
   * a rebalance.
   *
   * @param here reads the local state; throws {@link PartitionNotLocalException} if this instance
   *     does not hold the partition
   * @param there reads from another instance
   * @throws NoReplicaAvailableException if no instance with sufficiently current state answers
   */
  public <R> R read(int partition, Supplier<Reading<R>> here, RemoteRead<R> there) {
    long until = System.nanoTime() + RETRY_NANOS_MAX;
    while (true) {
      List<String> failures = new ArrayList<>();
      Optional<R> answer = tryAll(partition, here, there, failures);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > until || Thread.interrupted()) {
        throw new NoReplicaAvailableException(partition, String.join("; ", failures));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Reads a partition, trying each instance that holds it once.
   *
   * @return empty if no instance can answer now
   */
  public <R> Optional<R> readOnce(int partition, Supplier<Reading<R>> here, RemoteRead<R> there) {
    return tryAll(partition, here, there, new ArrayList<>());
  }

  private <R> Optional<R> tryAll(
      int partition, Supplier<Reading<R>> here, RemoteRead<R> there, List<String> failures) {
    Placement.Holders holders = placement.holders(partition);
    for (String address : order(holders)) {
      try {
        return Optional.of(
            address.equals(placement.self()) ? readLocally(partition, here) : there.ask(address));
      } catch (PartitionNotLocalException | PeerUnavailableException e) {
        failures.add(e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * The owner, then this instance if it is a standby, then the other standbys. Instances that
   * failed within the last second come last.
   */
  private Set<String> order(Placement.Holders holders) {
    Set<String> inOrder = new LinkedHashSet<>();
    List<String> failed = new ArrayList<>();
    addTo(inOrder, failed, holders.owner() == null ? placement.self() : holders.owner());
    if (holders.standbys().contains(placement.self())) {
      inOrder.add(placement.self());
    }
    holders.standbys().forEach(standby -> addTo(inOrder, failed, standby));
    inOrder.addAll(failed);
    return inOrder;
  }

  private void addTo(Set<String> inOrder, List<String> failed, String address) {
    if (peers.isBackedOff(address)) {
      failed.add(address);
    } else {
      inOrder.add(address);
    }
  }

  /**
   * Reads the local state of a partition.
   *
   * @throws PartitionNotLocalException if this instance does not hold the partition, or is a
   *     standby whose state is older than the staleness bound
   */
  public <R> R readLocally(int partition, Supplier<Reading<R>> here) {
    Reading<R> reading = here.get();
    boolean isOwner = placement.self().equals(placement.holders(partition).owner());
    if (!isOwner && reading.asOf().isBefore(clock.instant().minus(stalenessBound))) {
      throw new PartitionNotLocalException(
          "the copy here is as of " + reading.asOf() + ", too old");
    }
    return reading.value();
  }
}
