package io.creditflow.histories;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignResponse;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.HistoryQuery;
import io.creditflow.query.HistoryResponse;
import io.creditflow.query.HistoryRow;
import io.creditflow.query.Page;
import io.creditflow.reference.ReferenceDays;
import io.creditflow.reference.ReferenceQueries;
import io.creditflow.reference.Utf8Comparator;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares paged responses: the history and the campaigns of one workspace. */
final class PagedComparison {
  private static final HistoryQuery EVERYTHING =
      new HistoryQuery(null, null, null, Set.of(), null, 500, null);

  private final CreditQueries product;
  private final ReferenceQueries reference;
  private final GeneratedHistory history;
  private final SeededRandom dice;
  private final Instant now;
  private final String workspaceId;

  PagedComparison(
      CreditQueries product,
      ReferenceQueries reference,
      GeneratedHistory history,
      SeededRandom dice,
      Instant now,
      String workspaceId) {
    this.product = product;
    this.reference = reference;
    this.history = history;
    this.dice = dice;
    this.now = now;
    this.workspaceId = workspaceId;
  }

  void all(boolean settled) {
    history(EVERYTHING);
    if (dice.chance(60)) {
      history(new HistoryQuery(null, null, null, Set.of(), null, dice.between(1, 15), null));
    }
    if (settled && dice.chance(60)) {
      history(filtered());
    }
    CampaignsQuery all =
        new CampaignsQuery(Set.of(), "", null, CampaignsQuery.Sort.CREDITS_USED, true, 500, null);
    campaigns(all);
    if (dice.chance(50)) {
      campaigns(someCampaigns());
    }
    if (settled && dice.chance(60)) {
      campaign(dice.pick(history.campaignIds()));
    }
  }

  private HistoryQuery filtered() {
    ZoneId zone = TimeZones.inUse().of(product.workspace(workspaceId).orElseThrow().timeZone());
    LocalDate from = dice.chance(40) ? null : ReferenceDays.of(dice.pick(history.marks()), zone);
    LocalDate to = from == null || dice.chance(40) ? null : from.plusDays(dice.between(0, 9));
    String campaignId = dice.chance(60) ? null : dice.pick(history.campaignIds());
    Set<HistoryRow.Kind> kinds = new HashSet<>();
    for (HistoryRow.Kind kind : HistoryRow.Kind.values()) {
      if (dice.chance(25)) {
        kinds.add(kind);
      }
    }
    String leadId = dice.chance(70) ? null : "l" + dice.between(1, 4);
    return new HistoryQuery(from, to, campaignId, kinds, leadId, dice.between(1, 20), null);
  }

  private void history(HistoryQuery query) {
    List<HistoryRow> rows = new ArrayList<>();
    String cursor = null;
    do {
      HistoryResponse page = product.history(workspaceId, page(query, cursor)).orElseThrow();
      MismatchError.unless(!page.changed(), () -> "history says changed though nothing arrived");
      MismatchError.unless(page.items().size() <= query.limit(), () -> "more rows than the limit");
      rows.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null && rows.size() < 2000);
    MismatchError.unlessEqual(
        () -> "history of " + workspaceId + " at " + now + " for " + query,
        ResponseNormalizer.rows(reference.rows(workspaceId, query)),
        ResponseNormalizer.rows(rows));
    long ids = rows.stream().map(HistoryRow::id).distinct().count();
    MismatchError.unlessEqual(() -> "distinct ids of rows", (long) rows.size(), ids);
  }

  static HistoryQuery page(HistoryQuery query, String cursor) {
    return new HistoryQuery(
        query.from(),
        query.to(),
        query.campaignId(),
        query.kinds(),
        query.leadId(),
        query.limit(),
        cursor);
  }

  private CampaignsQuery someCampaigns() {
    Set<CampaignItem.Status> statuses = new HashSet<>();
    for (CampaignItem.Status status : CampaignItem.Status.values()) {
      if (dice.chance(30)) {
        statuses.add(status);
      }
    }
    String search = dice.pick(List.of("", "", "c", "C", "campaign b", "N C", "2", "zzz"));
    CampaignsQuery.Sort sort =
        dice.pick(
            List.of(
                CampaignsQuery.Sort.CREDITS_USED,
                CampaignsQuery.Sort.NAME,
                CampaignsQuery.Sort.LAST_ACTIVITY_AT));
    int limit = dice.between(1, 6);
    String campaignId = dice.chance(80) ? null : dice.pick(history.campaignIds());
    return new CampaignsQuery(statuses, search, campaignId, sort, dice.chance(50), limit, null);
  }

  /**
   * Compares the campaigns as a set and checks that they are sorted. The contract leaves the order
   * of equal sort values open.
   */
  private void campaigns(CampaignsQuery query) {
    String cursor = null;
    List<CampaignItem> items = new ArrayList<>();
    do {
      CampaignsQuery asked =
          new CampaignsQuery(
              query.statuses(),
              query.search(),
              query.campaignId(),
              query.sort(),
              query.descending(),
              query.limit(),
              cursor);
      Page<CampaignItem> page = product.campaigns(workspaceId, asked).orElseThrow();
      MismatchError.unless(
          page.items().size() <= query.limit(), () -> "more campaigns than the limit");
      items.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null && items.size() < 500);
    CampaignsQuery whole =
        new CampaignsQuery(
            query.statuses(),
            query.search(),
            query.campaignId(),
            query.sort(),
            query.descending(),
            500,
            null);
    String what = "campaigns of " + workspaceId + " at " + now + " for " + query;
    MismatchError.unlessEqual(
        () -> what,
        byId(reference.campaigns(workspaceId, whole).orElseThrow().items()),
        byId(items));
    MismatchError.unless(sorted(items, query), () -> what + ": not sorted: " + items);
  }

  private static List<CampaignItem> byId(List<CampaignItem> items) {
    return items.stream()
        .map(ResponseNormalizer::of)
        .sorted(Comparator.comparing(CampaignItem::campaignId, Utf8Comparator.ORDER))
        .toList();
  }

  private static boolean sorted(List<CampaignItem> items, CampaignsQuery query) {
    for (int index = 1; index < items.size(); index++) {
      CampaignItem before = items.get(query.descending() ? index : index - 1);
      CampaignItem after = items.get(query.descending() ? index - 1 : index);
      boolean wrong =
          switch (query.sort()) {
            case CREDITS_USED -> before.creditsUsed() > after.creditsUsed();
            case LAST_ACTIVITY_AT ->
                before.lastActivityAt() != null
                    && after.lastActivityAt() != null
                    && before.lastActivityAt().isAfter(after.lastActivityAt());
            case NAME, PROJECTED_USAGE ->
                before.name() != null
                    && after.name() != null
                    && before.name().compareToIgnoreCase(after.name()) > 0;
          };
      if (wrong) {
        return false;
      }
    }
    return true;
  }

  private void campaign(String campaignId) {
    CampaignResponse expected = reference.campaign(workspaceId, campaignId).orElse(null);
    CampaignResponse actual = product.campaign(workspaceId, campaignId).orElse(null);
    MismatchError.unlessEqual(
        () -> "campaign " + campaignId + " of " + workspaceId + " at " + now,
        expected == null
            ? null
            : List.of(ResponseNormalizer.of(expected.item()), expected.points()),
        actual == null ? null : List.of(ResponseNormalizer.of(actual.item()), actual.points()));
  }
}
