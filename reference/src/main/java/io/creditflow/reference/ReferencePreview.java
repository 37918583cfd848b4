package io.creditflow.reference;

import io.creditflow.query.CampaignItem;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.query.PreviewResponse.Draw;
import io.creditflow.query.PreviewResponse.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Computes a preview by drawing credit by credit. */
final class ReferencePreview {
  private ReferencePreview() {}

  static PreviewResponse of(
      AcceptedEvents accepted, ReferenceRules rules, Instant now, PreviewQuery query) {
    long credits =
        query.leads() * rules.price(ReferenceRules.Charged.LEAD_SOURCED, now)
            + query.phones() * rules.price(ReferenceRules.Charged.PHONE_REVEALED, now);
    ReferenceBurnDown burnDown = ReferenceBurnDown.present(accepted, now);
    Map<GrantLifetime, Long> before = new HashMap<>();
    burnDown.lives().forEach(life -> before.put(life, burnDown.account(life).rest));
    long overageBefore = burnDown.overage();
    burnDown.draw(credits);
    List<Draw> draws = new ArrayList<>();
    for (GrantLifetime life : burnDown.lives()) {
      long drawn = before.get(life) - burnDown.account(life).rest;
      if (drawn > 0) {
        draws.add(new Draw(life.id(), drawn));
      }
    }
    long overage = burnDown.overage() - overageBefore;
    return new PreviewResponse(
        credits,
        credits - overage,
        overage,
        burnDown.remaining(),
        draws,
        quota(accepted, query.campaignId(), credits));
  }

  private static Quota quota(AcceptedEvents accepted, String campaignId, long credits) {
    if (campaignId == null || !accepted.campaignIds().contains(campaignId)) {
      return null;
    }
    CampaignItem campaign = ReferenceCampaigns.item(accepted, campaignId);
    return campaign.quota() == null
        ? null
        : new Quota(campaign.quota(), campaign.creditsUsed(), campaign.creditsUsed() + credits);
  }
}
