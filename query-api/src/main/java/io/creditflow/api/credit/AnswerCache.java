package io.creditflow.api.credit;

import io.creditflow.api.http.Reply.Rendered;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rendered answers, kept while nothing about their workspace changes. Bounded by bytes; what was
 * not asked for longest goes first.
 */
final class AnswerCache {
  private static final int ENTRY_OVERHEAD_BYTES = 200;

  private final Map<String, Kept> byQuestion = new LinkedHashMap<>(256, 0.75f, true);
  private final long bytesMax;
  private long bytes;

  /**
   * @param version of the workspace that the answer was read from
   * @param validUntil exclusive
   */
  private record Kept(Rendered rendered, long version, Instant validUntil, int bytes) {}

  AnswerCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The answer to the same question about the same version, if it still holds; else null. */
  synchronized Rendered get(String question, long version, Instant now) {
    Kept kept = byQuestion.get(question);
    return kept != null && kept.version() == version && now.isBefore(kept.validUntil())
        ? kept.rendered()
        : null;
  }

  synchronized void put(String question, Rendered rendered, long version, Instant validUntil) {
    int size = rendered.opened().length + 2 * question.length() + ENTRY_OVERHEAD_BYTES;
    if (size > bytesMax / 8) {
      return; // would push out too many others
    }
    Kept former = byQuestion.put(question, new Kept(rendered, version, validUntil, size));
    bytes += size - (former == null ? 0 : former.bytes());
    for (Iterator<Kept> eldest = byQuestion.values().iterator(); bytes > bytesMax; ) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** Forgets everything: versions of a partition that moved may begin anew. */
  synchronized void clear() {
    byQuestion.clear();
    bytes = 0;
  }
}
