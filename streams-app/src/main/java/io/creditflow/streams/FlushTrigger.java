package io.creditflow.streams;

/**
 * A message from {@link EventProcessor} that makes the next commit flush. Sent after the first
 * change since a flush.
 */
enum FlushTrigger {
  CHANGED;

  static final byte[] BYTES = {1};
}
