package io.creditflow.api.credit;

import io.creditflow.api.http.Response.Rendered;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cache of rendered responses. An entry is valid while the version of its workspace is unchanged
 * and its validity period has not ended. A response is stored at the second request for the same
 * workspace version, because responses about frequently changing workspaces are rarely reused.
 * Bounded in bytes; evicts the least recently used entries first.
 */
final class ResponseCache {
  private static final int ENTRY_OVERHEAD_BYTES = 200;

  private final Map<String, Entry> byPath = new LinkedHashMap<>(256, 0.75f, true);
  private final long bytesMax;
  private long bytes;

  /**
   * @param rendered the response; null after the first request, when only the version is stored
   * @param version the version of the workspace when the response was computed
   * @param validUntil when the response becomes invalid, exclusive
   * @param bytes the estimated size of the entry, in bytes
   */
  private record Entry(Rendered rendered, long version, Instant validUntil, int bytes) {}

  ResponseCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The cached response for this path and workspace version; null if absent or expired. */
  synchronized Rendered get(String path, long version, Instant now) {
    Entry entry = byPath.get(path);
    return entry != null && entry.version() == version && now.isBefore(entry.validUntil())
        ? entry.rendered()
        : null;
  }

  /** Stores the response if it is the second for this path and version, else the version only. */
  synchronized void put(String path, Rendered rendered, long version, Instant validUntil) {
    Entry previous = byPath.get(path);
    Rendered stored = previous != null && previous.version() == version ? rendered : null;
    int size = 2 * path.length() + ENTRY_OVERHEAD_BYTES;
    size += stored == null ? 0 : stored.withoutLastBrace().length;
    if (size > bytesMax / 8) {
      return; // would evict too many others
    }
    byPath.put(path, new Entry(stored, version, validUntil, size));
    bytes += size - (previous == null ? 0 : previous.bytes());
    for (Iterator<Entry> oldest = byPath.values().iterator(); bytes > bytesMax; ) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /**
   * Clears the cache. To be called when partitions have moved: another owner may use the same
   * version numbers again.
   */
  synchronized void clear() {
    byPath.clear();
    bytes = 0;
  }
}
