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
 * Reads a partition wherever it can be read: from its owner, here or there, else from a standby
 * that is fresh enough.
 */
public final class PartitionLocator {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
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

  /** Asks another instance. */
  public interface RemoteRead<R> {
    /**
     * @throws PeerUnavailableException if it cannot answer
     */
    R ask(String address);
  }

  public int partitionOf(String workspaceId) {
    return Partitioning.partitionOf(workspaceId, placement.partitions());
  }

  /**
   * @throws PartitionNotLocalException while this instance starts
   */
  public int partitions() {
    return placement.partitions();
  }

  /** False while this instance starts and has not seen the topics. */
  public boolean knowsPartitions() {
    try {
      return placement.partitions() > 0;
    } catch (PartitionNotLocalException starting) {
      return false;
    }
  }

  /** The instance that would be asked first. */
  public String ownerOf(int partition) {
    String owner = placement.holders(partition).owner();
    return owner == null ? placement.self() : owner;
  }

  public String self() {
    return placement.self();
  }

  /**
   * Tries for a moment more if nobody answers: while partitions move, that is all it takes.
   *
   * @param here reads this instance's own copy; throws {@link PartitionNotLocalException} if there
   *     is none
   * @throws NoReplicaAvailableException if nobody can answer within the staleness bound
   */
  public <R> R read(int partition, Supplier<Reading<R>> here, RemoteRead<R> there) {
    long until = System.nanoTime() + PATIENCE_NANOS;
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
   * Tries each that holds the partition, once.
   *
   * @return empty if nobody can answer just now
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

  /** The owner, then the standbys, this one first; those that just failed come last. */
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
   * Reads this instance's own copy, whoever asks.
   *
   * @throws PartitionNotLocalException if there is none, or it is a standby's and too old
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
