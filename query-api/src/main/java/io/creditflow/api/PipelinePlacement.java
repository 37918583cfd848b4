package io.creditflow.api;

import io.creditflow.api.peer.Placement;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.streams.CreditPipeline;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The owner and the standbys of each partition, refreshed from the pipeline twice a second. Asking
 * Kafka Streams for each request would copy its whole metadata under a lock. Thread-safe.
 */
final class PipelinePlacement implements Placement {
  private static final Holders NO_HOLDERS = new Holders(null, List.of());

  private volatile String self;
  private volatile List<Holders> table = List.of();
  private volatile int partitions;

  /** Sets the address at which other instances reach this one, {@code host:port}. */
  void self(String address) {
    self = address;
  }

  /** Sets the number of partitions of every input topic. */
  void partitions(int count) {
    partitions = count;
  }

  /**
   * Reads the placement from the pipeline again.
   *
   * @return whether the owner or a standby of any partition has changed
   */
  boolean refresh(CreditPipeline pipeline) {
    List<Holders> now;
    try {
      now = pipeline.placements().stream().map(PipelinePlacement::holders).toList();
    } catch (IllegalStateException notRunning) {
      return false; // starting or stopping: the last known placement stays in use
    }
    boolean isChanged = !now.equals(table);
    table = now;
    return isChanged;
  }

  private static Holders holders(CreditPipeline.PartitionHosts placement) {
    return new Holders(
        address(placement.owner()),
        placement.standbys().stream().map(PipelinePlacement::address).toList());
  }

  private static String address(HostInfo host) {
    return host == null || host.equals(HostInfo.unavailable())
        ? null
        : host.host() + ":" + host.port();
  }

  @Override
  public int partitions() {
    if (partitions == 0) {
      throw new PartitionNotLocalException("this instance is starting");
    }
    return partitions;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public Holders holders(int partition) {
    List<Holders> known = table;
    return partition < known.size() ? known.get(partition) : NO_HOLDERS;
  }

  /** The address of the partition's owner, {@code host:port}; null if it has none. */
  String ownerOf(int partition) {
    return holders(partition).owner();
  }

  List<Integer> partitionsOwned() {
    List<Holders> known = table;
    return IntStream.range(0, known.size())
        .filter(partition -> self.equals(known.get(partition).owner()))
        .boxed()
        .toList();
  }

  long activeCount() {
    return partitionsOwned().size();
  }

  long standbyCount() {
    return table.stream().filter(holders -> holders.standbys().contains(self)).count();
  }
}
