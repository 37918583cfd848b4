package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.grant.BurnDown.Boundary;
import io.creditflow.grant.BurnDown.Change;
import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerIterator;
import io.creditflow.ledger.LedgerPosition;
import io.creditflow.ledger.Posting;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.state.RowWriter;
import io.creditflow.workspace.WorkspaceDays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Builds a page of the Credit History: postings and grant boundaries merged, newest first. Balances
 * are not stored. They are a running sum from the position at which the page begins, so a late
 * event changes no stored row.
 */
final class HistoryView {
  /** The number of rows hidden by filters after which a page ends early, which bounds a request. */
  static final int HIDDEN_ROWS_MAX = 100_000;

  private static final HexFormat HEX = HexFormat.of();

  private final WorkspaceSnapshot workspace;
  private final HistoryQuery query;
  private final Ledger ledger;
  private final List<Boundary> boundaries;
  private final Map<String, String> names = new HashMap<>();
  private final List<HistoryRow> items = new ArrayList<>();

  HistoryView(WorkspaceSnapshot workspace, HistoryQuery query) {
    this.workspace = workspace;
    this.query = query;
    boundaries = workspace.present().boundaries();
    ledger = Ledger.of(workspace.state(), workspace.id());
  }

  /**
   * The position at which a page begins, and the sums of everything older, from the cursor. If the
   * sums have changed, rows above this page show outdated balances.
   *
   * @param net the sum of all changes of the balance
   * @param used the sum of usage; it also shows a change of usage that a smaller forfeit at a
   *     grant's expiry compensates in {@code net}
   */
  private record Resume(LedgerPosition position, long net, long used) {}

  HistoryResponse page() {
    if (query.from() != null && query.to() != null && query.from().isAfter(query.to())) {
      throw new InvalidQueryException("from", "must not be after to");
    }
    WorkspaceDays days = new WorkspaceDays(workspace.row().zone());
    long fromMillis = query.from() == null ? 0 : days.start(query.from());
    LedgerPosition top =
        query.to() == null
            ? LedgerPosition.before(Long.MAX_VALUE / 2)
            : LedgerPosition.before(days.start(query.to().plusDays(1)));
    Resume resume = query.cursor() == null ? null : resume(query.cursor());
    LedgerPosition before =
        resume == null || resume.position.compareTo(top) > 0 ? top : resume.position;
    long used = ledger.usedBefore(before, workspace.usage());
    long net = grantedBefore(before) - used;
    boolean changed =
        resume != null
            && before.equals(resume.position)
            && (net != resume.net || used != resume.used);
    return new HistoryResponse(items, changed, read(before, fromMillis, net, used));
  }

  /** Fills the page, and returns the cursor of the next page; null if this is the last page. */
  private String read(LedgerPosition before, long fromMillis, long netBefore, long usedBefore) {
    long net = netBefore;
    long used = usedBefore;
    int boundary = boundariesBefore(before) - 1;
    LedgerPosition boundaryPosition = boundary < 0 ? null : position(boundaries.get(boundary));
    LedgerPosition last = before;
    int hidden = 0;
    try (LedgerIterator iterator = ledger.descend(before, fromMillis)) {
      while (true) {
        Boundary grant = boundary >= 0 ? boundaries.get(boundary) : null;
        Posting posting = iterator.peek();
        if (posting == null && (grant == null || grant.at() < fromMillis)) {
          return null;
        }
        boolean isBoundaryNext =
            posting == null
                || (grant != null && boundaryPosition.compareTo(posting.position()) > 0);
        LedgerPosition position = isBoundaryNext ? boundaryPosition : posting.position();
        long credits = isBoundaryNext ? grant.credits() : -posting.used();
        HistoryRow row = isBoundaryNext ? row(grant, net) : row(posting, net);
        if (!matches(row)) {
          hidden++;
        } else if (items.size() == query.limit()) {
          return cursor(last, net, used);
        } else {
          items.add(row);
        }
        if (isBoundaryNext) {
          boundary--;
          boundaryPosition = boundary < 0 ? null : position(boundaries.get(boundary));
        } else {
          used -= posting.used();
          iterator.next();
        }
        net -= credits;
        last = position;
        if (hidden == HIDDEN_ROWS_MAX) {
          return cursor(last, net, used);
        }
      }
    }
  }

  private boolean matches(HistoryRow row) {
    return (query.kinds().isEmpty() || query.kinds().contains(row.kind()))
        && (query.campaignId() == null || query.campaignId().equals(row.campaignId()))
        && (query.leadId() == null || query.leadId().equals(row.leadId()));
  }

  private long grantedBefore(LedgerPosition position) {
    long net = 0;
    for (int i = boundariesBefore(position) - 1; i >= 0; i--) {
      net += boundaries.get(i).credits();
    }
    return net;
  }

  private int boundariesBefore(LedgerPosition position) {
    int count = boundaries.size();
    while (count > 0 && position(boundaries.get(count - 1)).compareTo(position) >= 0) {
      count--;
    }
    return count;
  }

  private static LedgerPosition position(Boundary boundary) {
    if (boundary.change() != Change.GRANTED) {
      return new LedgerPosition(
          boundary.at(), LedgerPosition.Rank.END_OF_GRANT, boundary.grant().grantId());
    }
    // Grants that start at the same time are in burn-down order. Their effectiveAt is equal, so the
    // key omits it.
    String order =
        HEX.toHexDigits(boundary.grant().priority() ^ Integer.MIN_VALUE)
            + HEX.toHexDigits(boundary.grant().expiresAt())
            + boundary.grant().grantId();
    return new LedgerPosition(boundary.at(), LedgerPosition.Rank.START_OF_GRANT, order);
  }

  private HistoryRow row(Boundary boundary, long net) {
    String grantId = boundary.grant().grantId();
    return switch (boundary.change()) {
      case GRANTED ->
          row(
              boundary,
              boundary.grant().eventId(),
              HistoryRow.Kind.GRANTED,
              boundary.grant().reason(),
              net);
      case EXPIRED -> row(boundary, "expired:" + grantId, HistoryRow.Kind.EXPIRED, null, net);
      case VOIDED ->
          row(
              boundary,
              boundary.grant().voidEventId(),
              HistoryRow.Kind.VOIDED,
              boundary.grant().voidReason(),
              net);
    };
  }

  private static HistoryRow row(
      Boundary boundary, String id, HistoryRow.Kind kind, String reason, long net) {
    return new HistoryRow(
        id,
        kind,
        Instant.ofEpochMilli(boundary.at()),
        null,
        null,
        null,
        boundary.grant().grantId(),
        boundary.credits(),
        Math.max(net, 0),
        Math.max(-net, 0),
        false,
        null,
        null,
        reason);
  }

  private HistoryRow row(Posting posting, long net) {
    boolean reversal = posting.isReversal();
    return new HistoryRow(
        posting.eventId(),
        HistoryRow.Kind.valueOf(posting.kind().name()),
        Instant.ofEpochMilli(posting.at()),
        posting.campaignId(),
        names.computeIfAbsent(posting.campaignId(), this::name),
        posting.leadId(),
        null,
        -posting.used(),
        Math.max(net, 0),
        Math.max(-net, 0),
        posting.status() == Posting.Status.REVERSED,
        reversal ? posting.credits() : null,
        reversal ? posting.targetId() : null,
        posting.reason());
  }

  private String name(String campaignId) {
    return CampaignRow.name(workspace.state(), workspace.id(), campaignId);
  }

  private static String cursor(LedgerPosition position, long net, long used) {
    return PageCursor.write(
        'h',
        new RowWriter()
            .int64(position.at())
            .int8(position.rank().ordinal())
            .text(position.key())
            .int64(net)
            .int64(used));
  }

  private static Resume resume(String cursor) {
    return PageCursor.read(
        'h',
        cursor,
        parts -> {
          long at = parts.int64();
          LedgerPosition.Rank rank = LedgerPosition.Rank.values()[parts.int8()];
          String key = parts.text();
          if (key == null) {
            throw new IllegalArgumentException("no key");
          }
          return new Resume(new LedgerPosition(at, rank, key), parts.int64(), parts.int64());
        });
  }
}
