package io.creditflow.ledger;

import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import io.creditflow.usage.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A workspace's postings, read in the order of event time. */
public final class Ledger {
  private final State state;
  private final Table table;
  private final String workspaceId;

  private Ledger(State state, Table table, String workspaceId) {
    this.state = state;
    this.table = table;
    this.workspaceId = workspaceId;
  }

  /** Usage and reversals. */
  public static Ledger of(State state, String workspaceId) {
    return new Ledger(state, Table.LEDGER, workspaceId);
  }

  /** E-mails, kept for their ids. */
  public static Ledger ofMail(State state, String workspaceId) {
    return new Ledger(state, Table.MAIL, workspaceId);
  }

  /**
   * Visits every posting from the instant on, and a few of the minute before it, as written: what
   * replaced another comes beside it.
   */
  public void forEachSince(long fromMillis, Consumer<Posting> visitor) {
    try (State.Rows rows = chunks(fromMillis, Long.MAX_VALUE)) {
      rows.forEachRemaining(row -> Chunk.decode(row.value(), lastAt(row.key())).forEach(visitor));
    }
  }

  /** The posting with the id, if one stands in the given minute since 1970. */
  public Optional<Posting> find(long minute, String eventId) {
    return merged(minute * Chunk.SPAN_MILLIS).stream()
        .filter(posting -> posting.eventId().equals(eventId) && !posting.isReversal())
        .findFirst();
  }

  /** Credits used by everything before the position. */
  public long usedBefore(Position position) {
    int quarter = Tally.quarter(position.at());
    long minute = Chunk.spanStart(position.at());
    long used = new Tally(state, workspaceId).between(0, quarter);
    try (State.Rows rows = chunks(quarter * Tally.QUARTER_MILLIS, minute)) {
      while (rows.hasNext()) {
        used += Chunk.usedChange(rows.next().value());
      }
    }
    for (Posting posting : merged(minute)) {
      if (posting.position().compareTo(position) < 0) {
        used += posting.used();
      }
    }
    return used;
  }

  /** What stands before the position, newest first, back to the instant (inclusive). Close it. */
  public Walk descend(Position before, long fromMillis) {
    return new Walk(before, fromMillis);
  }

  private State.Rows chunks(long fromMillis, long toMillis) {
    return state.ascend(key(fromMillis), key(toMillis));
  }

  private byte[] key(long lastAt) {
    return Key.of(table, workspaceId).int64(lastAt).bytes();
  }

  private static long lastAt(byte[] key) {
    Key.Parts parts = Key.parts(key);
    parts.text();
    return parts.int64();
  }

  private static long sequence(byte[] key) {
    Key.Parts parts = Key.parts(key);
    parts.text();
    parts.int64();
    return parts.int64();
  }

  /** The postings that stand in the minute, in order. */
  private List<Posting> merged(long minuteStart) {
    List<State.Row> rows = new ArrayList<>();
    try (State.Rows chunks = chunks(minuteStart, minuteStart + Chunk.SPAN_MILLIS)) {
      chunks.forEachRemaining(rows::add);
    }
    return merge(rows);
  }

  private static List<Posting> merge(List<State.Row> rows) {
    if (rows.size() == 1) {
      State.Row row = rows.get(0);
      List<Posting> postings = Chunk.decode(row.value(), lastAt(row.key()));
      postings.removeIf(posting -> posting.standing() == Posting.Standing.GONE);
      return postings;
    }
    rows.sort((a, b) -> Long.compare(sequence(a.key()), sequence(b.key())));
    TreeMap<Posting, Posting> latest = new TreeMap<>(Posting.ORDER);
    for (State.Row row : rows) {
      for (Posting posting : Chunk.decode(row.value(), lastAt(row.key()))) {
        latest.remove(posting);
        latest.put(posting, posting);
      }
    }
    List<Posting> postings = new ArrayList<>(latest.values());
    postings.removeIf(posting -> posting.standing() == Posting.Standing.GONE);
    return postings;
  }

  /** A walk back through the ledger, a minute's chunks at a time. */
  public final class Walk implements Iterator<Posting>, AutoCloseable {
    private final Position before;
    private final long fromMillis;
    private final State.Rows rows;
    private final Deque<Posting> ready = new ArrayDeque<>();
    private State.Row pending;

    private Walk(Position before, long fromMillis) {
      this.before = before;
      this.fromMillis = fromMillis;
      long end = Chunk.spanStart(before.at()) + Chunk.SPAN_MILLIS;
      rows = state.descend(key(fromMillis), key(end));
      pending = rows.hasNext() ? rows.next() : null;
      fill();
    }

    private void fill() {
      while (ready.isEmpty() && pending != null) {
        long minute = Chunk.spanStart(lastAt(pending.key()));
        List<State.Row> chunks = new ArrayList<>();
        while (pending != null && Chunk.spanStart(lastAt(pending.key())) == minute) {
          chunks.add(pending);
          pending = rows.hasNext() ? rows.next() : null;
        }
        for (Posting posting : merge(chunks)) {
          if (posting.at() >= fromMillis && posting.position().compareTo(before) < 0) {
            ready.addFirst(posting);
          }
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty();
    }

    /** The next posting without passing it; null at the end. */
    public Posting peek() {
      return ready.peekFirst();
    }

    @Override
    public Posting next() {
      if (ready.isEmpty()) {
        throw new NoSuchElementException();
      }
      Posting posting = ready.removeFirst();
      if (ready.isEmpty()) {
        fill();
      }
      return posting;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
