package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.campaign.CampaignVersion;
import io.creditflow.campaign.Campaigns;
import io.creditflow.event.Utf8Order;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.LeadSource;
import io.creditflow.projection.CampaignProjection;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CampaignsQuery.Sort;
import io.creditflow.query.InvalidQueryException;
import io.creditflow.query.Page;
import io.creditflow.state.RowWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a page of a workspace's campaigns: filters and sorts the campaigns, and projects the usage
 * of those that the page needs.
 */
final class CampaignsView {
  /**
   * The number of characters by which names are sorted. Campaigns whose names differ only after
   * these characters are sorted by id.
   */
  private static final int SORTED_CHARACTERS_MAX = 256;

  private static final LeadSource[] SOURCES = LeadSource.values();
  private static final CampaignStatus[] STATUSES = CampaignStatus.values();

  private final CampaignsQuery query;
  private final Map<String, CampaignRow> candidates;
  private final ForecastView forecast;
  private final Map<String, CampaignProjection> projections = new HashMap<>();

  CampaignsView(WorkspaceSnapshot workspace, CampaignsQuery query) {
    this.query = query;
    candidates = candidates(workspace.campaigns(), query.campaignId());
    forecast = new ForecastView(workspace);
  }

  private static Map<String, CampaignRow> candidates(Campaigns campaigns, String campaignId) {
    if (campaignId == null) {
      return campaigns.all();
    }
    CampaignRow one = campaigns.find(campaignId);
    return one == null ? Map.of() : Map.of(campaignId, one);
  }

  /**
   * The sort key of a campaign: a number or a text. A campaign that has neither comes last, in
   * ascending and in descending order.
   */
  private record SortKey(Long number, String text, String campaignId) {
    boolean isEmpty() {
      return number == null && text == null;
    }
  }

  Page<CampaignItem> page() {
    Map<String, CampaignRow> matching = matching();
    if (query.sort() == Sort.PROJECTED_USAGE) {
      project(matching);
    }
    List<SortKey> keys = sortedAfterCursor(matching);
    List<SortKey> shown = keys.subList(0, Math.min(keys.size(), query.limit()));
    if (query.sort() != Sort.PROJECTED_USAGE) {
      Map<String, CampaignRow> rows = new HashMap<>();
      shown.forEach(key -> rows.put(key.campaignId, matching.get(key.campaignId)));
      project(rows);
    }
    return new Page<>(
        shown.stream()
            .map(SortKey::campaignId)
            .map(id -> item(id, matching.get(id), projections.get(id)))
            .toList(),
        shown.size() == keys.size() ? null : cursor(shown.get(shown.size() - 1)));
  }

  /** The keys of the matching campaigns after the cursor, in order. */
  private List<SortKey> sortedAfterCursor(Map<String, CampaignRow> matching) {
    SortKey last = query.cursor() == null ? null : resume(query.cursor());
    Comparator<SortKey> order = order();
    List<SortKey> keys = new ArrayList<>();
    matching.forEach((campaignId, row) -> keys.add(key(campaignId, row)));
    keys.removeIf(key -> last != null && order.compare(key, last) <= 0);
    keys.sort(order);
    return keys;
  }

  private Map<String, CampaignRow> matching() {
    String search = CaseFolding.of(query.search());
    Map<String, CampaignRow> matching = new HashMap<>(candidates);
    matching
        .entrySet()
        .removeIf(campaign -> !matches(campaign.getKey(), campaign.getValue(), search));
    return matching;
  }

  private boolean matches(String campaignId, CampaignRow row, String search) {
    return (query.statuses().isEmpty() || query.statuses().contains(status(row.version())))
        && (search.isEmpty() || contains(name(row), search) || contains(campaignId, search));
  }

  /**
   * Projects the given campaigns. If they are more than half of all campaigns, one scan reads the
   * rows of all; otherwise the rows of each are read separately.
   */
  private void project(Map<String, CampaignRow> campaigns) {
    if (2 * campaigns.size() > candidates.size()) {
      forecast.scanCampaigns();
    }
    campaigns.forEach((id, row) -> projections.put(id, forecast.project(id, row)));
  }

  static CampaignItem item(String campaignId, CampaignRow row, CampaignProjection projection) {
    CampaignVersion version = row.version();
    return new CampaignItem(
        campaignId,
        name(row),
        version == null ? null : SOURCES[version.source()].name(),
        status(version),
        row.total().credits(),
        row.total().leads(),
        row.total().phones(),
        version == null ? null : version.quota(),
        projection.usage(),
        projection.low(),
        projection.high(),
        projection.reason(),
        projection.quotaReachedAt(),
        version == null ? null : instant(version.startsAt()),
        version == null ? null : instant(version.endsAt()),
        row.lastActivityAt() == 0 ? null : Instant.ofEpochMilli(row.lastActivityAt()));
  }

  private static CampaignItem.Status status(CampaignVersion version) {
    return version == null
        ? CampaignItem.Status.UNKNOWN
        : CampaignItem.Status.valueOf(STATUSES[version.status()].name());
  }

  /** The campaign's name; null until a version of the campaign has arrived. */
  private static String name(CampaignRow row) {
    return row.version() == null ? null : row.version().name();
  }

  /** Null if {@code millis} is null. */
  static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static boolean contains(String text, String search) {
    return text != null && CaseFolding.of(text).contains(search);
  }

  /** The beginning of a name, short because a cursor holds it and is part of a URL. */
  private static String beginning(String name) {
    return name.codePointCount(0, name.length()) <= SORTED_CHARACTERS_MAX
        ? name
        : name.substring(0, name.offsetByCodePoints(0, SORTED_CHARACTERS_MAX));
  }

  private SortKey key(String campaignId, CampaignRow row) {
    Long number =
        switch (query.sort()) {
          case CREDITS_USED -> (Long) row.total().credits();
          case PROJECTED_USAGE -> projections.get(campaignId).usage();
          case LAST_ACTIVITY_AT -> row.lastActivityAt() == 0 ? null : (Long) row.lastActivityAt();
          case NAME -> null;
        };
    String name = query.sort() == Sort.NAME ? name(row) : null;
    String text = name == null ? null : beginning(name.toLowerCase(Locale.ROOT));
    return new SortKey(number, text, campaignId);
  }

  private Comparator<SortKey> order() {
    Comparator<SortKey> byNumber =
        Comparator.comparing(SortKey::number, Comparator.nullsFirst(Comparator.naturalOrder()));
    Comparator<SortKey> byValue =
        byNumber.thenComparing(SortKey::text, Comparator.nullsFirst(Utf8Order.INSTANCE));
    return Comparator.comparing(SortKey::isEmpty)
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
          boolean isSameSort =
              parts.int8() == query.sort().ordinal()
                  && parts.int8() == (query.descending() ? 1 : 0);
          boolean number = parts.int8() == 1;
          long value = parts.int64();
          SortKey key = new SortKey(number ? value : null, parts.text(), parts.text());
          if (!isSameSort) {
            throw new InvalidQueryException("cursor", "is of another sort; begin again without it");
          }
          return new SortKey(key.number, key.text, Objects.requireNonNull(key.campaignId));
        });
  }
}
