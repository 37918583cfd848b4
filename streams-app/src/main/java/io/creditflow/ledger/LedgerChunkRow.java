package io.creditflow.ledger;

import io.creditflow.ledger.LedgerWriter.Change;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowReader;
import io.creditflow.state.RowStore.Row;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Postings of one workspace and one span of time, written at one flush as one row: a row each would
 * cost more than all the rest of counting (docs/performance.md). Sorted; a later chunk's posting at
 * the same place replaces an earlier one.
 *
 * @param lastAt instant of its last posting, milliseconds since 1970
 * @param sequence larger than that of all chunks before it
 */
record LedgerChunkRow(ChunkSpan span, long lastAt, long sequence, byte[] postings) {
  /** Keeps rows near 20 KB. */
  static final int POSTINGS_MAX = 512;

  /** Of longer texts fewer postings: three bytes each at most, a row stays below 1 MiB. */
  static final int CHARACTERS_MAX = 256 * 1024;

  private static final int PLAIN = 1 << 6;

  /** Of usage taken back: it stood before this chunk was written. */
  private static final int STOOD = 1 << 7;

  private static final Posting.Kind[] KINDS = Posting.Kind.values();
  private static final Posting.Status[] STANDINGS = Posting.Status.values();
  private static final ChunkSpan[] SPANS = ChunkSpan.values();

  /** Receives a posting, and by how much it changed the credits used. */
  interface Visitor {
    void visit(Posting posting, long usedChange);
  }

  /** Where chunks of a span stand that end at the instant or later. */
  static RowKey key(Table table, String workspaceId, ChunkSpan span, long lastAt) {
    return RowKey.of(table, workspaceId).int8(span.ordinal()).int64(lastAt);
  }

  static LedgerChunkRow of(Row row) {
    RowKey.Parser key = RowKey.parts(row.key());
    key.text();
    return new LedgerChunkRow(SPANS[key.int8()], key.int64(), key.int64(), row.storedValue());
  }

  /** The first instant that it may hold. */
  long start() {
    return span.start(lastAt);
  }

  /** The instant of its first posting. */
  long firstAt() {
    RowReader reader = new RowReader(postings);
    reader.int64();
    reader.int64();
    reader.int8();
    return start() + reader.int64();
  }

  static int charactersOf(Posting posting) {
    return length(posting.eventId())
        + length(posting.campaignId())
        + length(posting.leadId())
        + length(posting.targetId())
        + length(posting.reason());
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Encodes changes[from, to), all of one span. */
  static byte[] encode(RowWriter writer, ChunkSpan span, List<Change> changes, int from, int to) {
    long usedChange = 0;
    for (int i = from; i < to; i++) {
      usedChange += changes.get(i).usedChange();
    }
    writer.clear().int64(usedChange).int64(to - from);
    Map<String, Integer> campaigns = new HashMap<>();
    long before = span.start(changes.get(from).posting().at());
    for (int i = from; i < to; i++) {
      Posting posting = changes.get(i).posting();
      boolean plain = posting.credits() == 1;
      boolean stood = changes.get(i).usedChange() < 0;
      writer.int8(
          posting.kind().ordinal()
              | posting.status().ordinal() << 2
              | posting.source() << 4
              | (plain ? PLAIN : 0)
              | (stood ? STOOD : 0));
      writer.int64(posting.at() - before);
      before = posting.at();
      if (!plain) {
        writer.int64(posting.credits());
      }
      writer.fixed32(posting.fingerprint());
      writer.text(posting.eventId());
      campaign(writer, campaigns, posting.campaignId());
      writer.text(posting.leadId());
      if (posting.isReversal()) {
        writer.text(posting.targetId()).text(posting.reason());
      }
    }
    return writer.bytes();
  }

  /** The first time a campaign's place in the chunk and its id, then only its place. */
  private static void campaign(RowWriter writer, Map<String, Integer> seen, String campaignId) {
    Integer place = seen.putIfAbsent(campaignId, seen.size());
    writer.int64(place == null ? seen.size() - 1 : place);
    if (place == null) {
      writer.text(campaignId);
    }
  }

  /** By how much all of it changes the credits used. */
  long usedChange() {
    return new RowReader(postings).int64();
  }

  /** Visits its postings, in order. */
  void forEach(Visitor visitor) {
    RowReader reader = new RowReader(postings);
    reader.int64();
    int count = (int) reader.int64();
    List<String> campaigns = new ArrayList<>();
    long at = start();
    for (int i = 0; i < count; i++) {
      int flags = reader.int8();
      Posting.Kind kind = KINDS[flags & 0x3];
      at += reader.int64();
      long credits = (flags & PLAIN) != 0 ? 1 : reader.int64();
      int fingerprint = reader.fixed32();
      String eventId = reader.requiredText();
      int place = (int) reader.int64();
      if (place == campaigns.size()) {
        campaigns.add(reader.requiredText());
      }
      String leadId = reader.requiredText();
      boolean reversal = kind == Posting.Kind.REVERSED;
      Posting posting =
          new Posting(
              at,
              kind,
              eventId,
              flags >> 4 & 0x3,
              campaigns.get(place),
              leadId,
              credits,
              fingerprint,
              STANDINGS[flags >> 2 & 0x3],
              reversal ? reader.text() : null,
              reversal ? reader.text() : null);
      visitor.visit(posting, (flags & STOOD) != 0 ? -credits : posting.used());
    }
  }

  /** Visits the ids of its postings: millions of them before a partition counts, so no texts. */
  void forEachId(long seed, Ledger.IdVisitor visitor) {
    RowReader reader = new RowReader(postings);
    reader.int64();
    int count = (int) reader.int64();
    int campaigns = 0;
    long at = start();
    for (int i = 0; i < count; i++) {
      int flags = reader.int8();
      Posting.Kind kind = KINDS[flags & 0x3];
      at += reader.int64();
      if ((flags & PLAIN) == 0) {
        reader.int64();
      }
      int fingerprint = reader.fixed32();
      visitor.visit(kind, at, fingerprint, reader.textHash(seed));
      if (reader.int64() == campaigns) {
        campaigns++;
        reader.skipText();
      }
      reader.skipText();
      if (kind == Posting.Kind.REVERSED) {
        reader.skipText();
        reader.skipText();
      }
    }
  }
}
