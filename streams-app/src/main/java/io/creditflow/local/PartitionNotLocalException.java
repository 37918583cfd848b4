package io.creditflow.local;

/**
 * Thrown if this process holds no readable copy of the partition. Another instance may hold one, or
 * this process may hold one later.
 */
public final class PartitionNotLocalException extends RuntimeException {
  public PartitionNotLocalException(String message) {
    super(message);
  }
}
