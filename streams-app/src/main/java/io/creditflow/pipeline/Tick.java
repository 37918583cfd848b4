package io.creditflow.pipeline;

/** Says that something changed since the last flush, so that the next commit must flush. */
enum Tick {
  CHANGED;

  static final byte[] BYTES = {1};
}
