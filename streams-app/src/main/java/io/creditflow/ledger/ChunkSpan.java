package io.creditflow.ledger;

/**
 * The length of time that the postings of one chunk may cover: a whole UTC minute, hour or day. A
 * chunk never crosses the end of its span, so a reader finds every chunk that may hold an instant
 * by its key. The order is part of the stored format.
 */
enum ChunkSpan {
  /** The usual span while events arrive live: a flush then holds about a second of event time. */
  MINUTE(60_000),
  /** For a few postings spread over an hour, as in a replay. */
  HOUR(3_600_000),
  /** For a few postings spread over several hours, as in a replay of thousands of workspaces. */
  DAY(86_400_000);

  final long millis;

  ChunkSpan(long millis) {
    this.millis = millis;
  }

  /** The first instant of the span that contains the instant, milliseconds since 1970. */
  long start(long atMillis) {
    return Math.floorDiv(atMillis, millis) * millis;
  }

  /** The end of the span that contains the instant, exclusive, milliseconds since 1970. */
  long end(long atMillis) {
    return start(atMillis) + millis;
  }
}
