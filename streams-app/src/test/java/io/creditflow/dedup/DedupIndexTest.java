package io.creditflow.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.dedup.DedupIndex.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The index against a plain map, with ids that crowd each other. */
class DedupIndexTest {
  private static final long MINUTES_MAX = 50_000_000;

  private final long seed = Long.getLong("creditflow.once.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private DedupIndex index = new DedupIndex();
  private final Map<Long, List<Entry>> expected = new HashMap<>();
  private long size;

  private record Entry(Kind kind, int fingerprint, long minute) {}

  @Test
  void remembers_all_that_it_was_told_and_nothing_else() {
    for (int i = 0; i < 300_000; i++) {
      put(hash());
    }
    assertAllAreFound();
    for (int i = 0; i < 300_000; i++) {
      long hash = hash();
      assertThat(found(hash).size())
          .as("seed %d, hash %x", seed, hash)
          .isEqualTo(expected.getOrDefault(hash, List.of()).size());
    }
  }

  @Test
  void begins_with_all_that_was_collected() {
    DedupIndex.Collector collector = new DedupIndex.Collector();
    for (int i = 0; i < 300_000; i++) {
      Entry entry = entry();
      long hash = hash();
      collector.add(hash, entry.kind(), entry.fingerprint(), entry.minute() * 60_000);
      expect(hash, entry);
    }
    index = collector.index();
    assertAllAreFound();
    for (int i = 0; i < 100_000; i++) {
      put(hash());
    }
    assertAllAreFound();
  }

  @Test
  void forgets_what_is_old_but_no_records() {
    for (int i = 0; i < 100_000; i++) {
      put(hash());
    }
    long before = random.nextLong(MINUTES_MAX);
    index.forgetBefore(before);
    for (List<Entry> entries : expected.values()) {
      int all = entries.size();
      entries.removeIf(entry -> entry.kind() != Kind.PERMANENT && entry.minute() < before);
      size -= all - entries.size();
    }
    assertAllAreFound();
    for (int i = 0; i < 100_000; i++) {
      put(hash());
    }
    assertAllAreFound();
  }

  @Test
  void forgets_single_ids_among_others_that_crowd_them() {
    for (int i = 0; i < 100_000; i++) {
      put(hash());
    }
    for (Map.Entry<Long, List<Entry>> each : expected.entrySet()) {
      if (random.nextInt(3) == 0) {
        List<Entry> entries = each.getValue();
        Entry removed = entries.remove(random.nextInt(entries.size()));
        index.remove(each.getKey(), removed.fingerprint());
        size--;
        index.remove(each.getKey(), removed.fingerprint() + 1); // which is not there
      }
    }
    assertAllAreFound();
    for (int i = 0; i < 100_000; i++) {
      put(hash());
    }
    assertAllAreFound();
  }

  @Test
  void holds_an_id_in_at_most_25_bytes_and_a_little() {
    for (int i = 0; i < 1_000_000; i++) {
      index.put(random.nextLong() | 1, Kind.USAGE, i, i * 60_000L);
    }
    assertThat(index.bytes()).as("seed %d", seed).isLessThan(26L * 1_000_000);
  }

  @Test
  void tells_ids_of_one_workspace_from_those_of_another() {
    String id = UUID.randomUUID().toString();
    assertThat(DedupIndex.hash("a", id)).isNotEqualTo(DedupIndex.hash("b", id));
    assertThat(DedupIndex.hash("a", id))
        .isNotEqualTo(DedupIndex.hash("a", id.toUpperCase(Locale.ROOT)));
    assertThat(DedupIndex.hash("ab", "c")).isNotEqualTo(DedupIndex.hash("a", "bc"));
  }

  /** Anything, or one of a crowd: alike in all, or in the half that orders, or near its end. */
  private long hash() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(100) == 0 ? 1 + random.nextInt(50) : random.nextLong() | 1;
      case 1 -> (long) random.nextInt(256) << 56 | 0xFFFFFFFFL - random.nextInt(100);
      case 2 -> (long) random.nextInt(256) << 56 | (long) random.nextInt(1000) << 32 | 7;
      default -> random.nextLong() | 1;
    };
  }

  private Entry entry() {
    return new Entry(
        Kind.values()[random.nextInt(4)], random.nextInt(), random.nextLong(MINUTES_MAX));
  }

  private void put(long hash) {
    Entry entry = entry();
    index.put(hash, entry.kind(), entry.fingerprint(), entry.minute() * 60_000);
    expect(hash, entry);
  }

  private void expect(long hash, Entry entry) {
    expected.computeIfAbsent(hash, any -> new ArrayList<>()).add(entry);
    size++;
  }

  private List<Entry> found(long hash) {
    List<Entry> found = new ArrayList<>();
    index.find(
        hash,
        meta -> {
          Kind kind = DedupIndex.kind(meta);
          found.add(new Entry(kind, DedupIndex.fingerprint(meta), DedupIndex.minute(meta)));
          return false;
        });
    return found;
  }

  private void assertAllAreFound() {
    expected.forEach(
        (hash, entries) -> {
          List<Entry> found = found(hash);
          assertThat(found.stream().map(DedupIndexTest::known))
              .as("seed %d, hash %x", seed, hash)
              .containsExactlyInAnyOrderElementsOf(
                  entries.stream().map(DedupIndexTest::known).toList());
        });
    assertThat(index.size()).as("seed %d", seed).isEqualTo(size);
  }

  /** A record's minute means nothing. */
  private static Entry known(Entry entry) {
    return entry.kind() == Kind.PERMANENT
        ? new Entry(Kind.PERMANENT, entry.fingerprint(), 0)
        : entry;
  }
}
