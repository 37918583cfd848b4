package io.creditflow.dedup;

import io.creditflow.state.TextHash;
import java.util.Arrays;

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
public final class DedupIndex {
  /** What a remembered id is. */
  public enum Kind {
    USAGE,
    EMAIL,
    /** Never forgotten; its row is found by id alone: grants, campaigns, workspaces. */
    RECORD,
    /** Its row is found by id alone, too. */
    REVERSAL
  }

  private static final int PARTS = 256;

  /** Slots behind the last place, for those that are crowded out of it. */
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

  /** What the {@link TextHash} of a workspace's ids begins with. */
  public static long seed(String workspaceId) {
    return TextHash.of(0x9E3779B97F4A7C15L, workspaceId) ^ 0x5851F42D4C957F2DL;
  }

  /** The hash of an id that is known by its {@link TextHash} only. */
  public static long hash(long textHash) {
    long h = (textHash ^ (textHash >>> 30)) * 0x94D049BB133111EBL;
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
    parts[part(hash)].put(hash, meta(kind, fingerprint, atMillis));
    size++;
  }

  private static long meta(Kind kind, int fingerprint, long atMillis) {
    long minute = kind == Kind.RECORD ? MINUTE_MASK : atMillis / 60_000 & MINUTE_MASK;
    return (long) fingerprint << 32 | (long) kind.ordinal() << MINUTE_BITS | minute;
  }

  /**
   * Collects the ids of a new index. They come in no order, and each would be a miss of the cache;
   * so they are put aside by part first, and a part is then made in the cache.
   */
  public static final class Collector {
    private final long[][] byPart = new long[PARTS][2 * Part.CAPACITY_MIN];
    private final int[] lengths = new int[PARTS];

    /** As {@link DedupIndex#put}. */
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

    /** The index of all that was added; what was added is gone. */
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

  /** Forgets one id; nothing happens if it is not remembered. */
  public void remove(long hash, int fingerprint) {
    size -= parts[part(hash)].remove(hash, fingerprint);
  }

  /** Calls back for each remembered id with this hash; mostly none, at most a few. */
  public int find(long hash, Match match) {
    return parts[part(hash)].find(hash, match);
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

  /**
   * Forgets ids of usage, e-mails and reversals of before the minute; frees their room when a part
   * next grows.
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
   * Slots lie in one array, hash beside meta, ordered by the place where each would like to stand:
   * the search for a new id, which most are, ends at the first that belongs behind it, mostly in
   * the first line of the cache; and growing only moves them along.
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

    /** Of the order: the hash's lower half, unsigned. */
    private static long place(long hash) {
      return hash & 0xFFFFFFFFL;
    }

    /** Where a hash would like to stand: the index of its slot. Rises with {@link #place}. */
    private int first(long hash) {
      return 2 * (int) ((place(hash) * capacity) >>> 32);
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
      int slot = first(hash);
      while (slot < slots.length && slots[slot] != 0 && place(slots[slot]) <= place(hash)) {
        slot += 2;
      }
      int free = slot;
      while (free < slots.length && slots[free] != 0) {
        free += 2;
      }
      makeRoom(free);
      System.arraycopy(slots, slot, slots, slot + 2, free - slot);
      slots[slot] = hash;
      slots[slot + 1] = meta;
      used++;
    }

    /** The last ones may be crowded out further than usual. */
    private void makeRoom(int slot) {
      if (slot == slots.length) {
        slots = Arrays.copyOf(slots, slots.length + Math.max(2 * OVERHANG, slots.length / 8 & ~1));
      }
    }

    private int find(long hash, Match match) {
      int found = 0;
      for (int slot = first(hash);
          slot < slots.length && slots[slot] != 0 && place(slots[slot]) <= place(hash);
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

    /** Answers how many it took out: one or none. Those behind it move up to where they like. */
    private int remove(long hash, int fingerprint) {
      int hole = first(hash);
      while (hole < slots.length
          && slots[hole] != 0
          && !(slots[hole] == hash && fingerprint(slots[hole + 1]) == fingerprint)) {
        hole += 2;
      }
      if (hole >= slots.length || slots[hole] == 0) {
        return 0;
      }
      int next = hole + 2;
      while (next < slots.length && slots[next] != 0 && first(slots[next]) < next) {
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
          next = Math.max(next, first(old[i]));
          makeRoom(next);
          slots[next] = old[i];
          slots[next + 1] = old[i + 1];
          next += 2;
          used++;
        }
      }
    }
  }
}
