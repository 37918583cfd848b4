package io.creditflow.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.ledger.LedgerWriter.PostingChange;
import io.creditflow.ledger.Posting.Kind;
import io.creditflow.ledger.Posting.Status;
import io.creditflow.state.InMemoryRowStore;
import io.creditflow.state.RowStore;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import io.creditflow.state.TextHash;
import io.creditflow.usage.WorkspaceUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is written in chunks of minutes, hours and days, one over the other, reads as one ledger.
 */
class LedgerTest {
  private static final long NOON = 1_760_000_400_000L;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final InMemoryRowStore state = new InMemoryRowStore();
  private final LedgerWriter writer = new LedgerWriter();
  private final TreeMap<Posting, Posting> expected = new TreeMap<>(Posting.ORDER);
  private final Set<ChunkSpan> spans = new HashSet<>();
  private long sequence;
  private int ids;

  @Test
  void chunksOfAllSpansReadAsOne() {
    long seed = LongStream.generate(new Random()::nextLong).findFirst().orElseThrow();
    Random random = new Random(seed);
    for (int flush = 0; flush < 200; flush++) {
      flush(random);
      if (flush % 4 == 0) {
        assertThatAllReads(random, "seed " + seed + ", flush " + flush);
      }
    }
    assertThat(spans).containsExactlyInAnyOrder(ChunkSpan.values());
  }

  private void flush(Random random) {
    TreeMap<Posting, PostingChange> changes = new TreeMap<>(Posting.ORDER);
    long width = List.of(20_000L, 600_000L, 4 * HOUR, DAY).get(random.nextInt(4));
    long from = NOON + random.nextLong(DAY);
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 600 : 40); i >= 0; i--) {
      Posting posting = usage(from + random.nextLong(width), random.nextInt(3));
      changes.put(posting, new PostingChange(posting, posting.used()));
    }
    for (Posting stored : new ArrayList<>(expected.values())) {
      if (random.nextInt(300) == 0) {
        change(stored, from, changes);
      }
    }
    changes.forEach(
        (place, change) -> {
          expected.remove(place);
          expected.put(place, change.posting());
        });
    write(List.copyOf(changes.values()));
  }

  /** Usage is taken back by a reversal some time later; a reversal gives way. */
  private void change(Posting stored, long at, Map<Posting, PostingChange> changes) {
    if (stored.isUsage() && stored.status() == Status.ACTIVE) {
      Posting back = stored.with(Status.REVERSED);
      changes.put(back, new PostingChange(back, -stored.used()));
      Posting reversal = reversal(Math.max(at, stored.at()), stored);
      changes.put(reversal, new PostingChange(reversal, 0));
    } else if (stored.isReversal() && stored.status() == Status.ACTIVE) {
      Posting gone = stored.with(Status.REMOVED);
      changes.put(gone, new PostingChange(gone, 0));
    }
  }

  private void write(List<PostingChange> changes) {
    List<Row> rows = new ArrayList<>();
    writer.write("w", changes, () -> ++sequence, rows::add);
    rows.forEach(row -> spans.add(LedgerChunkRow.of(row).span()));
    WorkspaceUsage usage = WorkspaceUsage.read(state, "w");
    changes.forEach(change -> usage.add(change.posting().at(), change.usedChange()));
    usage.spill(20, state, "w", new RowWriter(), rows::add);
    rows.add(new Row(WorkspaceUsage.key("w").bytes(), usage.encode(new RowWriter())));
    state.write(rows);
  }

  private record Seen(Kind kind, long at, int fingerprint, long idHash) {
    static Seen of(Posting posting) {
      long idHash = TextHash.of(5, posting.eventId());
      return new Seen(posting.kind(), posting.at(), posting.fingerprint(), idHash);
    }
  }

  private void assertThatAllReads(Random random, String when) {
    List<Posting> standing = new ArrayList<>(expected.values());
    standing.removeIf(posting -> posting.status() == Status.REMOVED);
    Ledger ledger = Ledger.of(state, "w");
    Posting somewhere = standing.get(random.nextInt(standing.size()));
    LedgerPosition before =
        random.nextInt(4) == 0 ? LedgerPosition.before(Long.MAX_VALUE / 2) : somewhere.position();
    long from = random.nextBoolean() ? 0 : before.at() + random.nextLong(-3 * HOUR, 2 * HOUR);

    List<Posting> walked = new ArrayList<>();
    try (LedgerIterator iterator = ledger.descend(before, from)) {
      iterator.forEachRemaining(posting -> walked.add(0, posting));
    }
    assertThat(walked)
        .as(when)
        .isEqualTo(
            standing.stream()
                .filter(p -> p.at() >= from && p.position().compareTo(before) < 0)
                .toList());
    assertThat(ledger.usedBefore(before, WorkspaceUsage.read(state, "w")))
        .as(when)
        .isEqualTo(
            standing.stream()
                .filter(p -> p.position().compareTo(before) < 0)
                .mapToLong(Posting::used)
                .sum());
    if (somewhere.isUsage()) {
      assertThat(ledger.find(somewhere.at() / 60_000, somewhere.eventId()))
          .as(when)
          .contains(somewhere);
      assertThat(ledger.find(somewhere.at() / 60_000 + 1, somewhere.eventId())).as(when).isEmpty();
    }
    Set<Seen> since = new HashSet<>();
    ledger.forEachIdSince(
        from, 5, (kind, at, print, id) -> since.add(new Seen(kind, at, print, id)));
    assertThat(standing.stream().filter(p -> p.at() >= from).map(Seen::of))
        .as(when)
        .allMatch(since::contains);
    assertThat(since).as(when).allMatch(seen -> seen.at() >= from - 60_000);
  }

  @Test
  void aWalkReadsNoChunkThatItDoesNotReach() {
    for (int flush = 0; flush < 500; flush++) {
      write(
          List.of(
              new PostingChange(usage(NOON + 100L * flush, 1), 1),
              new PostingChange(usage(NOON + 100L * flush + 50, 1), 1)));
    }
    int[] read = {0};
    Ledger ledger = Ledger.of(counting(read), "w");

    try (LedgerIterator iterator = ledger.descend(LedgerPosition.before(Long.MAX_VALUE / 2), 0)) {
      for (int i = 0; i < 50; i++) {
        assertThat(iterator.next().at()).isEqualTo(NOON + 50L * (999 - i));
      }
    }

    assertThat(read[0]).isEqualTo(50 / 2 + 2); // the next posting's chunk, and the one behind it
  }

  /** The state, with the rows counted that a walk back reads. */
  private RowStore counting(int[] read) {
    return new RowStore() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return state.get(key);
      }

      @Override
      public RowIterator ascend(byte[] from, byte[] to) {
        return state.ascend(from, to);
      }

      @Override
      public RowIterator descend(byte[] from, byte[] to) {
        RowIterator rows = state.descend(from, to);
        return new RowIterator() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Row next() {
            read[0]++;
            return rows.next();
          }

          @Override
          public void close() {
            rows.close();
          }
        };
      }
    };
  }

  @Test
  void anHourGetsOnlySoManyChunksOfItsOwnWhateverArrives() {
    assertThatChunksAreLimited(ChunkSpan.HOUR, 20);
  }

  @Test
  void aDayGetsOnlySoManyChunksOfItsOwnWhateverArrives() {
    assertThatChunksAreLimited(ChunkSpan.DAY, 5);
  }

  private void assertThatChunksAreLimited(ChunkSpan span, int postings) {
    Random random = new Random(1);
    for (int flush = 0; flush < 200; flush++) {
      TreeMap<Posting, PostingChange> changes = new TreeMap<>(Posting.ORDER);
      for (int i = 0; i < postings; i++) {
        Posting posting = usage(span.start(NOON) + random.nextLong(span.millis), 1);
        changes.put(posting, new PostingChange(posting, 1));
      }
      write(List.copyOf(changes.values()));
    }
    byte[] from = LedgerChunkRow.key(Table.LEDGER, "w", span, 0).bytes();
    byte[] end = LedgerChunkRow.key(Table.LEDGER, "w", span, Long.MAX_VALUE).bytes();
    int[] chunks = {0};
    state.ascend(from, end).forEachRemaining(row -> chunks[0]++);
    assertThat(chunks[0]).isEqualTo(32);
  }

  /** Half of them of the kind that rows hold packed. */
  private String nextId() {
    return ++ids % 2 == 0 ? "e" + ids : new UUID(ids * 0x9E3779B97F4A7C15L, ids).toString();
  }

  private Posting usage(long at, long credits) {
    return new Posting(
        at,
        Kind.LEAD_SOURCED,
        nextId(),
        0,
        "c" + ids % 5,
        "l",
        credits,
        ids,
        Status.ACTIVE,
        null,
        null);
  }

  private Posting reversal(long at, Posting of) {
    return new Posting(
        at,
        Kind.REVERSED,
        "r" + ids++,
        0,
        of.campaignId(),
        of.leadId(),
        of.credits(),
        ids,
        Status.ACTIVE,
        of.eventId(),
        null);
  }
}
