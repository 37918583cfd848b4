package io.creditflow.dedup;

import io.creditflow.state.TextHash;
import java.util.Arrays;

/**
 * The index of all processed event ids, in memory. An entry holds a 64-bit hash of (workspace, id),
 * a 32-bit fingerprint of the event's content, and the event's kind and minute, by which its row is
 * found. If hash and fingerprint match (96 bits), the event is an exact duplicate. If only the hash
 * matches, the caller must compare the stored row, because two ids can have the same hash. Not
 * thread-safe.
 *
 * <p>The index is a hash table with open addressing and 16 bytes per slot. It consists of 256
 * parts. Each part grows by a quarter when it is 80 % full, so growing never copies more than 1/256
 * of the index. At 64 to 80 % full, an id takes 20 to 25 bytes. The index saves a store read for
 * each new id, which would cost several times as much as all other work for the event
 * (docs/performance.md).
 */
public final class DedupIndex {
  /** The kind of the event that an id belongs to. */
  public enum Kind {
    USAGE,
    EMAIL,
    /**
     * An event of a grant, a campaign or a workspace. The id is never forgotten. Its row is found
     * by the id alone.
     */
    PERMANENT,
    /** A reversal. The id may be forgotten. Its row is found by the id alone. */
    REVERSAL
  }

  private static final int PARTS = 256;

  /** Additional slots at the end of a part, for entries displaced from the last slots. */
  private static final int OVERHANG = 16;

  private static final int MINUTE_BITS = 28;
  private static final long MINUTE_MASK = (1L << MINUTE_BITS) - 1;
  private static final Kind[] KINDS = Kind.values();

  private final Part[] parts = new Part[PARTS];
  private long size;

  public DedupIndex() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part(Part.CAPACITY_MIN);
    }
  }

  /** A 64-bit hash of an id within its workspace. */
  public static long hash(String workspaceId, String eventId) {
    return hash(TextHash.of(seed(workspaceId), eventId));
  }

  /** The seed of the {@link TextHash} of a workspace's ids. */
  public static long seed(String workspaceId) {
    return TextHash.of(0x9E3779B97F4A7C15L, workspaceId) ^ 0x5851F42D4C957F2DL;
  }

  /** The hash of an id whose {@link TextHash} is known. */
  public static long hash(long textHash) {
    long h = (textHash ^ (textHash >>> 30)) * 0x94D049BB133111EBL;
    h ^= h >>> 31;
    return h == 0 ? 1 : h;
  }

  public long size() {
    return size;
  }

  /** The memory used, in bytes. */
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
   * @param atMillis when the event occurred, milliseconds since 1970, not negative
   */
  public void put(long hash, Kind kind, int fingerprint, long atMillis) {
    parts[part(hash)].put(hash, meta(kind, fingerprint, atMillis));
    size++;
  }

  /** Packs the data of an entry: 32 bits fingerprint, 4 bits kind, 28 bits minute. */
  private static long meta(Kind kind, int fingerprint, long atMillis) {
    long minute = kind == Kind.PERMANENT ? MINUTE_MASK : atMillis / 60_000 & MINUTE_MASK;
    return (long) fingerprint << 32 | (long) kind.ordinal() << MINUTE_BITS | minute;
  }

  /**
   * Collects the ids of a new index. Ids arrive in no order, so inserting them directly would cause
   * a CPU cache miss for each. The collector first groups the ids by part, and then builds one part
   * after the other. A part fits into the CPU cache.
   */
  public static final class Collector {
    private final long[][] byPart = new long[PARTS][2 * Part.CAPACITY_MIN];
    private final int[] lengths = new int[PARTS];

    /** Adds an id, like {@link DedupIndex#put}. */
    public void add(long hash, Kind kind, int fingerprint, long atMillis) {
      int part = part(hash);
      int length = lengths[part];
      if (length == byPart[part].length) {
        byPart[part] = Arrays.copyOf(byPart[part], length + length / 4 * 2);
      }
      byPart[part][length] = hash;
      byPart[part][length + 1] = meta(kind, fingerprint, atMillis);
      lengths[part] = length + 2;
    }

    /** Builds the index of all added ids. Call this once only: it frees the collected ids. */
    public DedupIndex index() {
      DedupIndex index = new DedupIndex();
      for (int i = 0; i < PARTS; i++) {
        Part part = new Part(Math.max(Part.CAPACITY_MIN, lengths[i] / 2 * 4 / 3));
        for (int at = 0; at < lengths[i]; at += 2) {
          part.put(byPart[i][at], byPart[i][at + 1]);
        }
        index.parts[i] = part;
        index.size += part.used;
        byPart[i] = null;
      }
      return index;
    }
  }

  /** Removes one id. Does nothing if the index does not contain it. */
  public void remove(long hash, int fingerprint) {
    size -= parts[part(hash)].remove(hash, fingerprint);
  }

  /**
   * Passes each entry with this hash to the callback, until it returns true. Usually there is none.
   *
   * @return the number of entries passed
   */
  public int find(long hash, Match match) {
    return parts[part(hash)].find(hash, match);
  }

  /**
   * Receives the packed data of an entry; see {@link #fingerprint}, {@link #kind} and {@link
   * #minute}.
   */
  public interface Match {
    /** Returns whether to stop the search. */
    boolean test(long meta);
  }

  public static int fingerprint(long meta) {
    return (int) (meta >>> 32);
  }

  public static Kind kind(long meta) {
    return KINDS[(int) (meta >>> MINUTE_BITS) & 0x3];
  }

  /** When the event occurred, in minutes since 1970; meaningless for {@link Kind#RECORD}. */
  public static long minute(long meta) {
    return meta & MINUTE_MASK;
  }

  /**
   * Removes the ids of usage, e-mails and reversals that occurred before the minute. Their slots
   * are reused; the index does not shrink.
   */
  public void forgetBefore(long minute) {
    for (Part part : parts) {
      size -= part.forgetBefore(minute);
    }
  }

  private static int part(long hash) {
    return (int) (hash >>> 56);
  }

  /**
   * One part of the index: an array of slots, each with a hash and the packed data of an entry.
   * Entries are ordered by {@link #sortKey}. Most ids are new. The search for a new id ends at the
   * first entry with a larger sort key, usually within one CPU cache line. Because of the order,
   * growing copies the entries sequentially.
   */
  private static final class Part {
    static final int CAPACITY_MIN = 16;

    private long[] slots;
    private int capacity;
    private int used;

    Part(int capacity) {
      this.capacity = capacity;
      slots = new long[2 * (capacity + OVERHANG)];
    }

    /** The sort key of an entry: the lower half of its hash, unsigned. */
    private static long sortKey(long hash) {
      return hash & 0xFFFFFFFFL;
    }

    /**
     * The home slot of a hash: the array index where its entry is stored if no other entry
     * displaces it. Increases with {@link #sortKey}.
     */
    private int homeSlot(long hash) {
      return 2 * (int) ((sortKey(hash) * capacity) >>> 32);
    }

    private void put(long hash, long meta) {
      if (used >= capacity * 4L / 5) {
        grow();
      }
      insert(hash, meta);
    }

    private void grow() {
      rebuild(capacity + Math.max(16, capacity / 4), -1);
    }

    private void insert(long hash, long meta) {
      int slot = homeSlot(hash);
      while (slot < slots.length && slots[slot] != 0 && sortKey(slots[slot]) <= sortKey(hash)) {
        slot += 2;
      }
      int free = slot;
      while (free < slots.length && slots[free] != 0) {
        free += 2;
      }
      ensureSlot(free);
      System.arraycopy(slots, slot, slots, slot + 2, free - slot);
      slots[slot] = hash;
      slots[slot + 1] = meta;
      used++;
    }

    /** Extends the array if entries are displaced beyond its end. */
    private void ensureSlot(int slot) {
      if (slot == slots.length) {
        slots = Arrays.copyOf(slots, slots.length + Math.max(2 * OVERHANG, slots.length / 8 & ~1));
      }
    }

    private int find(long hash, Match match) {
      int found = 0;
      for (int slot = homeSlot(hash);
          slot < slots.length && slots[slot] != 0 && sortKey(slots[slot]) <= sortKey(hash);
          slot += 2) {
        if (slots[slot] == hash) {
          found++;
          if (match.test(slots[slot + 1])) {
            return found;
          }
        }
      }
      return found;
    }

    /**
     * Removes an entry, and moves the displaced entries after it one slot towards their home slots.
     * Returns the number of removed entries: one or none.
     */
    private int remove(long hash, int fingerprint) {
      int hole = homeSlot(hash);
      while (hole < slots.length
          && slots[hole] != 0
          && !(slots[hole] == hash && fingerprint(slots[hole + 1]) == fingerprint)) {
        hole += 2;
      }
      if (hole >= slots.length || slots[hole] == 0) {
        return 0;
      }
      int next = hole + 2;
      while (next < slots.length && slots[next] != 0 && homeSlot(slots[next]) < next) {
        next += 2;
      }
      System.arraycopy(slots, hole + 2, slots, hole, next - hole - 2);
      slots[next - 2] = 0;
      slots[next - 1] = 0;
      used--;
      return 1;
    }

    private int forgetBefore(long minute) {
      int before = used;
      rebuild(capacity, minute);
      return before - used;
    }

    private void rebuild(int newCapacity, long minMinute) {
      long[] old = slots;
      slots = new long[2 * (newCapacity + OVERHANG)];
      capacity = newCapacity;
      used = 0;
      int next = 0;
      for (int i = 0; i < old.length; i += 2) {
        if (old[i] != 0 && minute(old[i + 1]) >= minMinute) {
          next = Math.max(next, homeSlot(old[i]));
          ensureSlot(next);
          slots[next] = old[i];
          slots[next + 1] = old[i + 1];
          next += 2;
          used++;
        }
      }
    }
  }
}
