package io.creditflow.reference;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.PreviewAnswer;
import io.creditflow.answer.PreviewAnswer.Draw;
import io.creditflow.answer.PreviewAnswer.Quota;
import io.creditflow.answer.PreviewQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A preview, taken credit by credit. */
final class PreviewPage {
  private PreviewPage() {}

  static PreviewAnswer of(Book book, Rules rules, Instant now, PreviewQuery query) {
    long credits =
        query.leads() * rules.price(Rules.Charged.LEAD_SOURCED, now)
            + query.phones() * rules.price(Rules.Charged.PHONE_REVEALED, now);
    Walk walk = Walk.present(book, now);
    Map<GrantLife, Long> before = new HashMap<>();
    walk.lives().forEach(life -> before.put(life, walk.account(life).rest));
    long overageBefore = walk.overage();
    walk.draw(credits);
    List<Draw> draws = new ArrayList<>();
    for (GrantLife life : walk.lives()) {
      long drawn = before.get(life) - walk.account(life).rest;
      if (drawn > 0) {
        draws.add(new Draw(life.id(), drawn));
      }
    }
    long overage = walk.overage() - overageBefore;
    return new PreviewAnswer(
        credits,
        credits - overage,
        overage,
        walk.remaining(),
        draws,
        quota(book, query.campaignId(), credits));
  }

  private static Quota quota(Book book, String campaignId, long credits) {
    if (campaignId == null || !book.campaignIds().contains(campaignId)) {
      return null;
    }
    CampaignItem campaign = CampaignsPage.item(book, campaignId);
    return campaign.quota() == null
        ? null
        : new Quota(campaign.quota(), campaign.creditsUsed(), campaign.creditsUsed() + credits);
  }
}
