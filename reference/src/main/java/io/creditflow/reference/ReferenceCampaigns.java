package io.creditflow.reference;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.creditflow.events.CampaignChanged;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignItem.Status;
import io.creditflow.query.CampaignsQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The campaigns of a workspace. Projections are null, because the reference calculator does not
 * compute them.
 */
final class ReferenceCampaigns {
  private ReferenceCampaigns() {}

  static List<CampaignItem> items(AcceptedEvents accepted, CampaignsQuery query) {
    Comparator<CampaignItem> order = order(query);
    return accepted.campaignIds().stream()
        .map(campaignId -> item(accepted, campaignId))
        .filter(item -> query.statuses().isEmpty() || query.statuses().contains(item.status()))
        .filter(item -> matches(query.search(), item))
        .filter(item -> query.campaignId() == null || query.campaignId().equals(item.campaignId()))
        .sorted(
            (query.descending() ? order.reversed() : order)
                .thenComparing(CampaignItem::campaignId, Utf8Comparator.ORDER))
        .toList();
  }

  static CampaignItem item(AcceptedEvents accepted, String campaignId) {
    CampaignChanged version = accepted.version(campaignId);
    long credits = 0;
    long leads = 0;
    long phones = 0;
    Instant lastActivityAt = null;
    for (ReferenceUsage used : accepted.usage()) {
      if (!used.campaignId().equals(campaignId)) {
        continue;
      }
      if (lastActivityAt == null || used.occurredAt().isAfter(lastActivityAt)) {
        lastActivityAt = used.occurredAt();
      }
      if (accepted.stands(used)) {
        credits += used.price();
        leads += used.what() == ReferenceRules.Charged.LEAD_SOURCED ? 1 : 0;
        phones += used.what() == ReferenceRules.Charged.PHONE_REVEALED ? 1 : 0;
      }
    }
    return new CampaignItem(
        campaignId,
        version == null ? null : version.getName(),
        version == null ? null : version.getSource().name(),
        version == null ? Status.UNKNOWN : Status.valueOf(version.getStatus().name()),
        credits,
        leads,
        phones,
        version == null ? null : version.getQuota(),
        null,
        null,
        null,
        null,
        null,
        version == null ? null : version.getStartsAt(),
        version == null ? null : version.getEndsAt(),
        lastActivityAt);
  }

  private static Comparator<CampaignItem> order(CampaignsQuery query) {
    return switch (query.sort()) {
      case NAME -> comparing(CampaignItem::name, nullsFirst(Utf8Comparator.ORDER));
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
