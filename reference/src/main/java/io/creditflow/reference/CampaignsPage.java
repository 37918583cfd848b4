package io.creditflow.reference;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignItem.Status;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.events.CampaignChanged;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The campaigns of a workspace; projections are not the referee's and stay null. */
final class CampaignsPage {
  private CampaignsPage() {}

  static List<CampaignItem> items(Book book, CampaignsQuery query) {
    Comparator<CampaignItem> order = order(query);
    return book.campaignIds().stream()
        .map(campaignId -> item(book, campaignId))
        .filter(item -> query.statuses().isEmpty() || query.statuses().contains(item.status()))
        .filter(item -> matches(query.search(), item))
        .filter(item -> query.campaignId() == null || query.campaignId().equals(item.campaignId()))
        .sorted(
            (query.descending() ? order.reversed() : order)
                .thenComparing(CampaignItem::campaignId, Utf8.ORDER))
        .toList();
  }

  static CampaignItem item(Book book, String campaignId) {
    CampaignChanged picture = book.picture(campaignId);
    long credits = 0;
    long leads = 0;
    long phones = 0;
    Instant lastActivityAt = null;
    for (Usage used : book.usage()) {
      if (!used.campaignId().equals(campaignId)) {
        continue;
      }
      if (lastActivityAt == null || used.occurredAt().isAfter(lastActivityAt)) {
        lastActivityAt = used.occurredAt();
      }
      if (book.stands(used)) {
        credits += used.price();
        leads += used.what() == Rules.Charged.LEAD_SOURCED ? 1 : 0;
        phones += used.what() == Rules.Charged.PHONE_REVEALED ? 1 : 0;
      }
    }
    return new CampaignItem(
        campaignId,
        picture == null ? null : picture.getName(),
        picture == null ? null : picture.getSource().name(),
        picture == null ? Status.UNKNOWN : Status.valueOf(picture.getStatus().name()),
        credits,
        leads,
        phones,
        picture == null ? null : picture.getQuota(),
        null,
        null,
        null,
        null,
        null,
        picture == null ? null : picture.getStartsAt(),
        picture == null ? null : picture.getEndsAt(),
        lastActivityAt);
  }

  private static Comparator<CampaignItem> order(CampaignsQuery query) {
    return switch (query.sort()) {
      case NAME -> comparing(CampaignItem::name, nullsFirst(Utf8.ORDER));
      case LAST_ACTIVITY_AT -> comparing(CampaignItem::lastActivityAt, nullsFirst(naturalOrder()));
      case CREDITS_USED, PROJECTED_USAGE -> comparing(CampaignItem::creditsUsed);
    };
  }

  private static boolean matches(String search, CampaignItem item) {
    String part = search == null ? "" : search.toLowerCase(Locale.ROOT);
    return item.campaignId().toLowerCase(Locale.ROOT).contains(part)
        || (item.name() != null && item.name().toLowerCase(Locale.ROOT).contains(part));
  }
}
