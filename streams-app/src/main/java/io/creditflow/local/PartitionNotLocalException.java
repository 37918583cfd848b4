package io.creditflow.local;

/** This process holds no readable copy of the partition: ask another, or later. */
public final class PartitionNotLocalException extends RuntimeException {
  public PartitionNotLocalException(String message) {
    super(message);
  }
}
