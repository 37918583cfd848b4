package io.creditflow.ledger;

/**
 * How much of a workspace's time one chunk may cover. It never crosses from one such span into the
 * next, so that a reader knows how far to look. The order is part of the stored format.
 */
enum ChunkSpan {
  /** Live, a flush holds a moment. */
  MINUTE(60_000),
  /** In a replay it may hold hours, with an event here and there. */
  HOUR(3_600_000),
  /** With thousands of workspaces, a few events of each in hours. */
  DAY(86_400_000);

  final long millis;

  ChunkSpan(long millis) {
    this.millis = millis;
  }

  /** The first instant of the span that holds the instant. */
  long start(long atMillis) {
    return Math.floorDiv(atMillis, millis) * millis;
  }

  /** The first instant of the span after the one that holds the instant. */
  long end(long atMillis) {
    return start(atMillis) + millis;
  }
}
