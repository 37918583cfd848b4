package io.creditflow.api.credit;

import io.creditflow.api.http.Response.Rendered;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rendered answers, kept while nothing about their workspace changes, from the second time that
 * they are asked for at one version: the answers about a workspace that changes every moment would
 * only grow old here. Bounded by bytes; what was not asked for longest goes first.
 */
final class ResponseCache {
  private static final int ENTRY_OVERHEAD_BYTES = 200;

  private final Map<String, Kept> byQuestion = new LinkedHashMap<>(256, 0.75f, true);
  private final long bytesMax;
  private long bytes;

  /**
   * @param rendered null if it was asked for only once
   * @param version of the workspace that the answer was read from
   * @param validUntil exclusive
   */
  private record Kept(Rendered rendered, long version, Instant validUntil, int bytes) {}

  ResponseCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The answer to the same question about the same version, if it still holds; else null. */
  synchronized Rendered get(String question, long version, Instant now) {
    Kept kept = byQuestion.get(question);
    return kept != null && kept.version() == version && now.isBefore(kept.validUntil())
        ? kept.rendered()
        : null;
  }

  /** Takes note of an answer, and keeps it if it was noted before at the same version. */
  synchronized void put(String question, Rendered rendered, long version, Instant validUntil) {
    Kept former = byQuestion.get(question);
    Rendered kept = former != null && former.version() == version ? rendered : null;
    int size = 2 * question.length() + ENTRY_OVERHEAD_BYTES;
    size += kept == null ? 0 : kept.opened().length;
    if (size > bytesMax / 8) {
      return; // would push out too many others
    }
    byQuestion.put(question, new Kept(kept, version, validUntil, size));
    bytes += size - (former == null ? 0 : former.bytes());
    for (Iterator<Kept> eldest = byQuestion.values().iterator(); bytes > bytesMax; ) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** Forgets everything: versions of a partition that moved may begin again. */
  synchronized void clear() {
    byQuestion.clear();
    bytes = 0;
  }
}
