package io.creditflow.ledger;

import io.creditflow.ledger.LedgerWriter.PostingChange;
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
 * A chunk: postings of one workspace within one span of time, written by one flush as one row. One
 * row per posting would cost more than all other work for an event (docs/performance.md). The
 * postings are sorted by ledger position. A posting replaces those at the same position in chunks
 * with a lower sequence.
 *
 * @param lastAt the event time of its last posting, milliseconds since 1970
 * @param sequence the number of the chunk; larger than those of all chunks written before it
 * @param postings the encoded postings
 */
record LedgerChunkRow(ChunkSpan span, long lastAt, long sequence, byte[] postings) {
  /** The maximum number of postings in a chunk; keeps ordinary rows near 20 KB. */
  static final int POSTINGS_MAX = 512;

  /**
   * The maximum number of characters in a chunk. A character takes at most three bytes, so a row
   * stays below 1 MiB, except for a single posting with longer texts.
   */
  static final int CHARACTERS_MAX = 256 * 1024;

  /** Flag of a posting of one credit, whose credits are not encoded. */
  private static final int ONE_CREDIT = 1 << 6;

  /**
   * Flag of reversed usage that was active in an earlier chunk: it reduces the credits used. Usage
   * that was posted and reversed in the same flush does not change them.
   */
  private static final int REDUCES_USED = 1 << 7;

  private static final Posting.Kind[] KINDS = Posting.Kind.values();
  private static final Posting.Status[] STATUSES = Posting.Status.values();
  private static final ChunkSpan[] SPANS = ChunkSpan.values();

  /** Receives a posting, and the change of the credits used that was written with it. */
  interface Visitor {
    void visit(Posting posting, long usedChange);
  }

  /**
   * The key from which on a span's chunks end at the instant or later. A chunk's own key is this
   * key for its last posting, followed by the sequence.
   */
  static RowKey key(Table table, String workspaceId, ChunkSpan span, long lastAt) {
    return RowKey.of(table, workspaceId).int8(span.ordinal()).int64(lastAt);
  }

  static LedgerChunkRow of(Row row) {
    RowKey.Parser key = RowKey.parts(row.key());
    key.text();
    return new LedgerChunkRow(SPANS[key.int8()], key.int64(), key.int64(), row.storedValue());
  }

  /** The start of its span, milliseconds since 1970. */
  long start() {
    return span.start(lastAt);
  }

  /** The event time of its first posting, milliseconds since 1970. */
  long firstAt() {
    RowReader reader = new RowReader(postings);
    reader.int64();
    reader.int64();
    reader.int8();
    return start() + reader.int64();
  }

  /** The number of characters that count towards {@link #CHARACTERS_MAX}. */
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

  /** Encodes changes[from, to), which must be sorted and within one span. */
  static byte[] encode(
      RowWriter writer, ChunkSpan span, List<PostingChange> changes, int from, int to) {
    long usedChange = 0;
    for (int i = from; i < to; i++) {
      usedChange += changes.get(i).usedChange();
    }
    writer.clear().int64(usedChange).int64(to - from);
    Map<String, Integer> campaigns = new HashMap<>();
    long before = span.start(changes.get(from).posting().at());
    for (int i = from; i < to; i++) {
      Posting posting = changes.get(i).posting();
      boolean isOneCredit = posting.credits() == 1;
      boolean reducesUsed = changes.get(i).usedChange() < 0;
      writer.int8(
          posting.kind().ordinal()
              | posting.status().ordinal() << 2
              | posting.source() << 4
              | (isOneCredit ? ONE_CREDIT : 0)
              | (reducesUsed ? REDUCES_USED : 0));
      writer.int64(posting.at() - before);
      before = posting.at();
      if (!isOneCredit) {
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

  /** Writes the campaign's index in the chunk, and the id after its first occurrence. */
  private static void campaign(RowWriter writer, Map<String, Integer> seen, String campaignId) {
    Integer index = seen.putIfAbsent(campaignId, seen.size());
    writer.int64(index == null ? seen.size() - 1 : index);
    if (index == null) {
      writer.text(campaignId);
    }
  }

  /** The change of the credits used by all postings of the chunk together. */
  long usedChange() {
    return new RowReader(postings).int64();
  }

  /** Visits the postings by ledger position. */
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
      long credits = (flags & ONE_CREDIT) != 0 ? 1 : reader.int64();
      int fingerprint = reader.fixed32();
      String eventId = reader.requiredText();
      int campaign = (int) reader.int64();
      if (campaign == campaigns.size()) {
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
              campaigns.get(campaign),
              leadId,
              credits,
              fingerprint,
              STATUSES[flags >> 2 & 0x3],
              reversal ? reader.text() : null,
              reversal ? reader.text() : null);
      visitor.visit(posting, (flags & REDUCES_USED) != 0 ? -credits : posting.used());
    }
  }

  /**
   * Visits the ids of the postings without decoding their texts. An opening partition visits
   * millions.
   */
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
      if ((flags & ONE_CREDIT) == 0) {
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
