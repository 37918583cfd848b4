package io.creditflow.ledger;

import io.creditflow.state.RowReader;
import io.creditflow.state.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Postings of one workspace and one minute, written at one flush as one row: a row each would cost
 * more than all the rest of counting (docs/performance.md). Sorted; a later chunk's posting at the
 * same place replaces an earlier one.
 */
final class Chunk {
  /** A chunk never crosses a minute, so that a reader knows how far to look. */
  static final long SPAN_MILLIS = 60_000;

  /** Keeps rows near 20 KB. */
  static final int POSTINGS_MAX = 512;

  private static final Posting.Kind[] KINDS = Posting.Kind.values();
  private static final Posting.Standing[] STANDINGS = Posting.Standing.values();

  private Chunk() {}

  static long spanStart(long millis) {
    return Math.floorDiv(millis, SPAN_MILLIS) * SPAN_MILLIS;
  }

  /**
   * Encodes postings[from, to).
   *
   * @param usedChange by how much they change the credits used in their minute
   */
  static byte[] encode(
      RowWriter writer, List<Posting> postings, int from, int to, long usedChange) {
    writer.clear().int64(usedChange).int64(to - from);
    Map<String, Integer> campaigns = new HashMap<>();
    long before = spanStart(postings.get(from).at());
    for (int i = from; i < to; i++) {
      Posting posting = postings.get(i);
      boolean plain = posting.credits() == 1;
      writer.int8(
          posting.kind().ordinal()
              | posting.standing().ordinal() << 2
              | posting.source() << 4
              | (plain ? 1 << 6 : 0));
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

  /** By how much the chunk changes the credits used in its minute. */
  static long usedChange(byte[] row) {
    return new RowReader(row).int64();
  }

  static List<Posting> decode(byte[] row, long lastAt) {
    RowReader reader = new RowReader(row);
    reader.int64();
    int count = (int) reader.int64();
    List<Posting> postings = new ArrayList<>(count);
    List<String> campaigns = new ArrayList<>();
    long at = spanStart(lastAt);
    for (int i = 0; i < count; i++) {
      int flags = reader.int8();
      Posting.Kind kind = KINDS[flags & 0x3];
      at += reader.int64();
      long credits = (flags & 1 << 6) != 0 ? 1 : reader.int64();
      int fingerprint = reader.fixed32();
      String eventId = reader.text();
      int place = (int) reader.int64();
      if (place == campaigns.size()) {
        campaigns.add(reader.text());
      }
      String leadId = reader.text();
      boolean reversal = kind == Posting.Kind.REVERSED;
      postings.add(
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
              reversal ? reader.text() : null));
    }
    return postings;
  }
}
