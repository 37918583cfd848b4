package io.creditflow.once;

/**
 * The ids processed so far, in memory: for each a 64-bit hash of (workspace, id), 32 bits of its
 * content's fingerprint, and what tells where its row stands. A hit is a hint that the caller
 * verifies against the stored row, unless hash and fingerprint both match (96 bits), which is taken
 * as an identical repeat; so no collision can drop an event that differs.
 *
 * <p>Sixteen bytes a slot, open addressing, in 256 parts that grow one by one by a quarter, so that
 * growing never copies more than 1/256 of it. At 64 to 80 % full that is 20 to 25 bytes an id: a
 * store read per new id costs several times the whole rest of counting it (docs/performance.md).
 */
public final class OnceIndex {
  /** What a remembered id is. */
  public enum Kind {
    USAGE,
    EMAIL,
    /** Its row is found by id alone: reversals, grants, campaigns, workspaces. */
    RECORD
  }

  private static final int PARTS = 256;
  private static final int MINUTE_BITS = 28;
  private static final long MINUTE_MASK = (1L << MINUTE_BITS) - 1;
  private static final Kind[] KINDS = Kind.values();

  private final Part[] parts = new Part[PARTS];
  private long size;

  public OnceIndex() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /** A 64-bit hash of an id within its workspace. */
  public static long hash(String workspaceId, String eventId) {
    return mix(fold(fold(0x9E3779B97F4A7C15L, workspaceId) ^ 0x5851F42D4C957F2DL, eventId));
  }

  private static long fold(long seed, String text) {
    long h = seed;
    int i = 0;
    for (; i < text.length() - 3; i += 4) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      h = step(h, four);
    }
    for (; i < text.length(); i++) {
      h = step(h, text.charAt(i));
    }
    return h;
  }

  private static long step(long hash, long more) {
    long h = (hash ^ more) * 0xBF58476D1CE4E5B9L;
    return h ^ h >>> 29;
  }

  private static long mix(long hash) {
    long h = (hash ^ (hash >>> 30)) * 0x94D049BB133111EBL;
    h ^= h >>> 31;
    return h == 0 ? 1 : h;
  }

  public long size() {
    return size;
  }

  /** Bytes of memory held. */
  public long bytes() {
    long bytes = 0;
    for (Part part : parts) {
      bytes += 8L * part.slots.length;
    }
    return bytes;
  }

  /**
   * Remembers an id.
   *
   * @param atMillis when it occurred, 0 or later: where its row stands
   */
  public void put(long hash, Kind kind, int fingerprint, long atMillis) {
    long minute = atMillis / 60_000;
    long meta =
        (long) fingerprint << 32
            | (long) kind.ordinal() << MINUTE_BITS
            | (kind == Kind.RECORD ? MINUTE_MASK : minute & MINUTE_MASK);
    part(hash).put(hash, meta);
    size++;
  }

  /** Calls back for each remembered id with this hash; mostly none, at most a few. */
  public int find(long hash, Match match) {
    return part(hash).find(hash, match);
  }

  /** The id's place, packed; see {@link #fingerprint}, {@link #kind} and {@link #minute}. */
  public interface Match {
    /** Answers whether to stop looking. */
    boolean test(long meta);
  }

  public static int fingerprint(long meta) {
    return (int) (meta >>> 32);
  }

  public static Kind kind(long meta) {
    return KINDS[(int) (meta >>> MINUTE_BITS) & 0x3];
  }

  /** Minutes since 1970 of the event's instant; meaningless for {@link Kind#RECORD}. */
  public static long minute(long meta) {
    return meta & MINUTE_MASK;
  }

  /** Forgets usage and e-mail ids of before the minute; frees their room when a part next grows. */
  public void forgetBefore(long minute) {
    for (Part part : parts) {
      size -= part.forgetBefore(minute);
    }
  }

  private Part part(long hash) {
    return parts[(int) (hash >>> 56)];
  }

  /** Slots lie in one array, hash beside meta, so that a look costs one line of the cache. */
  private static final class Part {
    private long[] slots = new long[2 * 16];
    private int used;

    private int capacity() {
      return slots.length / 2;
    }

    /** Where the search for a hash begins: the index of a slot's hash. */
    private int first(long hash) {
      return 2 * (int) (((hash & 0xFFFFFFFFL) * capacity()) >>> 32);
    }

    private int next(int slot) {
      return slot + 2 == slots.length ? 0 : slot + 2;
    }

    private void put(long hash, long meta) {
      if (used >= capacity() * 4L / 5) {
        rebuild(capacity() + Math.max(16, capacity() / 4), -1);
      }
      insert(hash, meta);
    }

    private void insert(long hash, long meta) {
      int slot = first(hash);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = hash;
      slots[slot + 1] = meta;
      used++;
    }

    private int find(long hash, Match match) {
      int found = 0;
      for (int slot = first(hash); slots[slot] != 0; slot = next(slot)) {
        if (slots[slot] == hash) {
          found++;
          if (match.test(slots[slot + 1])) {
            return found;
          }
        }
      }
      return found;
    }

    private int forgetBefore(long minute) {
      int before = used;
      rebuild(capacity(), minute);
      return before - used;
    }

    private void rebuild(int capacity, long minMinute) {
      long[] old = slots;
      slots = new long[2 * capacity];
      used = 0;
      for (int i = 0; i < old.length; i += 2) {
        if (old[i] != 0 && minute(old[i + 1]) >= minMinute) {
          insert(old[i], old[i + 1]);
        }
      }
    }
  }
}
