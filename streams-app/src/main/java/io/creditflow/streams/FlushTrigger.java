package io.creditflow.streams;

/** The value that makes the next commit flush, because something changed since the last flush. */
enum FlushTrigger {
  CHANGED;

  static final byte[] BYTES = {1};
}
