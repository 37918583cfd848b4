package io.creditflow.view;

import io.creditflow.event.Utf8Order;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CampaignsQuery.Sort;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.Page;
import io.creditflow.state.RowWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Chooses, sorts and pages campaigns. */
final class CampaignsView {
  /** Of a name; names that differ only after that stand in the order of their ids. */
  private static final int SORTED_CHARACTERS_MAX = 256;

  private final CampaignsQuery query;

  CampaignsView(CampaignsQuery query) {
    this.query = query;
  }

  /** What a campaign is sorted by: a number or a text; neither comes last, whichever the order. */
  private record SortKey(Long number, String text, String campaignId) {
    boolean isNothing() {
      return number == null && text == null;
    }
  }

  Page<CampaignItem> page(List<CampaignItem> all) {
    String search = CaseFolding.of(query.search());
    List<CampaignItem> chosen = new ArrayList<>();
    for (CampaignItem item : all) {
      if ((query.statuses().isEmpty() || query.statuses().contains(item.status()))
          && (search.isEmpty()
              || contains(item.name(), search)
              || contains(item.campaignId(), search))) {
        chosen.add(item);
      }
    }
    Comparator<SortKey> order = order();
    chosen.sort(Comparator.comparing(this::key, order));
    int from = 0;
    if (query.cursor() != null) {
      SortKey last = resume(query.cursor());
      while (from < chosen.size() && order.compare(key(chosen.get(from)), last) <= 0) {
        from++;
      }
    }
    int to = Math.min(chosen.size(), from + query.limit());
    List<CampaignItem> items = List.copyOf(chosen.subList(from, to));
    return new Page<>(items, to == chosen.size() ? null : cursor(key(chosen.get(to - 1))));
  }

  private static boolean contains(String text, String search) {
    return text != null && CaseFolding.of(text).contains(search);
  }

  /** A cursor holds it, and travels in an address. */
  private static String beginning(String name) {
    return name.codePointCount(0, name.length()) <= SORTED_CHARACTERS_MAX
        ? name
        : name.substring(0, name.offsetByCodePoints(0, SORTED_CHARACTERS_MAX));
  }

  private SortKey key(CampaignItem item) {
    Long number =
        switch (query.sort()) {
          case CREDITS_USED -> (Long) item.creditsUsed();
          case PROJECTED_USAGE -> item.projectedUsage();
          case LAST_ACTIVITY_AT ->
              item.lastActivityAt() == null ? null : (Long) item.lastActivityAt().toEpochMilli();
          case NAME -> null;
        };
    String text =
        query.sort() == Sort.NAME && item.name() != null
            ? beginning(item.name().toLowerCase(Locale.ROOT))
            : null;
    return new SortKey(number, text, item.campaignId());
  }

  private Comparator<SortKey> order() {
    Comparator<SortKey> byNumber =
        Comparator.comparing(SortKey::number, Comparator.nullsFirst(Comparator.naturalOrder()));
    Comparator<SortKey> byValue =
        byNumber.thenComparing(SortKey::text, Comparator.nullsFirst(Utf8Order.INSTANCE));
    return Comparator.comparing(SortKey::isNothing)
        .thenComparing(query.descending() ? byValue.reversed() : byValue)
        .thenComparing(SortKey::campaignId, Utf8Order.INSTANCE);
  }

  private String cursor(SortKey last) {
    RowWriter parts = new RowWriter().int8(query.sort().ordinal()).int8(query.descending() ? 1 : 0);
    parts.int8(last.number == null ? 0 : 1).int64(Objects.requireNonNullElse(last.number, 0L));
    return PageCursor.write('c', parts.text(last.text).text(last.campaignId));
  }

  private SortKey resume(String cursor) {
    return PageCursor.read(
        'c',
        cursor,
        parts -> {
          boolean same =
              parts.int8() == query.sort().ordinal()
                  && parts.int8() == (query.descending() ? 1 : 0);
          boolean number = parts.int8() == 1;
          long value = parts.int64();
          SortKey key = new SortKey(number ? value : null, parts.text(), parts.text());
          if (!same) {
            throw new InvalidQueryException("cursor", "is of another sort; begin again without it");
          }
          return new SortKey(key.number, key.text, Objects.requireNonNull(key.campaignId));
        });
  }
}
