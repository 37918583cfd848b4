package io.creditflow.schemas;

import java.util.LinkedHashMap;
import java.util.Map;

/** A thread-safe map of bounded size, which evicts the least recently used entry. */
final class LruCache<K, V> {
  private final Map<K, V> entries;

  LruCache(int entriesMax) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > entriesMax;
          }
        };
  }

  /** Null if the key has no entry. */
  synchronized V get(K key) {
    return entries.get(key);
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  synchronized void remove(K key) {
    entries.remove(key);
  }

  synchronized int size() {
    return entries.size();
  }
}
