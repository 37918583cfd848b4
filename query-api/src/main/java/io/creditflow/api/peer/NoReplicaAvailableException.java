package io.creditflow.api.peer;

/** Neither the owner of a partition nor a sufficiently current standby could be read. */
public final class NoReplicaAvailableException extends RuntimeException {
  NoReplicaAvailableException(int partition, String why) {
    super("Partition " + partition + " cannot be read just now: " + why);
  }
}
