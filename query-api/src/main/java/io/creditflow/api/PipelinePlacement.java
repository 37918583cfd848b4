package io.creditflow.api;

import io.creditflow.api.peer.Placement;
import io.creditflow.local.PartitionNotLocalException;
import io.creditflow.streams.CreditPipeline;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The table of who holds what, looked up in the pipeline twice a second: asking Kafka Streams for
 * each request would copy its whole metadata under a lock.
 */
final class PipelinePlacement implements Placement {
  private static final Holders NOBODY = new Holders(null, List.of());

  private volatile String self;
  private volatile List<Holders> table = List.of();
  private volatile int partitions;

  /** The address that peers reach this instance at, once it is known. */
  void self(String address) {
    self = address;
  }

  /** The partitions there are, once the topics are known. */
  void partitions(int count) {
    partitions = count;
  }

  /**
   * Looks again.
   *
   * @return whether anything has moved
   */
  boolean refresh(CreditPipeline pipeline) {
    List<Holders> now;
    try {
      now = pipeline.placements().stream().map(PipelinePlacement::holders).toList();
    } catch (IllegalStateException notRunning) {
      return false; // starting or stopping: what was known stays the best guess
    }
    boolean isChanged = !now.equals(table);
    table = now;
    return isChanged;
  }

  private static Holders holders(CreditPipeline.Placement placement) {
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
    return partition < known.size() ? known.get(partition) : NOBODY;
  }

  /** Null if nobody processes it. */
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
