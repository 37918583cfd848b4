package io.creditflow.streams;

/** Says that something changed since the last flush, so that the next commit must flush. */
enum FlushTrigger {
  CHANGED;

  static final byte[] BYTES = {1};
}
