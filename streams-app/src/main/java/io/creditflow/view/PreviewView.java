package io.creditflow.view;

import io.creditflow.campaign.CampaignRow;
import io.creditflow.grant.BurnDown;
import io.creditflow.query.PreviewQuery;
import io.creditflow.query.PreviewResponse;
import io.creditflow.query.PreviewResponse.Draw;
import io.creditflow.query.PreviewResponse.Quota;
import io.creditflow.usage.Activity;
import io.creditflow.usage.PriceList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the answer to a preview: the credits that given usage would draw from the current balance.
 */
final class PreviewView {
  private PreviewView() {}

  static PreviewResponse answer(WorkspaceSnapshot workspace, PreviewQuery query, PriceList prices) {
    long now = workspace.now();
    long credits =
        query.leads() * prices.at(now, Activity.LEAD_SOURCED)
            + query.phones() * prices.at(now, Activity.PHONE_REVEALED);
    BurnDown burnDown = workspace.balance().present(now);
    Map<BurnDown.Account, Long> before = new LinkedHashMap<>();
    burnDown.live().forEach(account -> before.put(account, account.rest()));
    burnDown.draw(credits);
    List<Draw> draws = new ArrayList<>();
    before.forEach(
        (account, rest) -> {
          if (rest > account.rest()) {
            draws.add(new Draw(account.grant().grantId(), rest - account.rest()));
          }
        });
    long covered = draws.stream().mapToLong(Draw::credits).sum();
    return new PreviewResponse(
        credits,
        covered,
        credits - covered,
        burnDown.remaining(),
        draws,
        quota(workspace, query.campaignId(), credits));
  }

  private static Quota quota(WorkspaceSnapshot workspace, String campaignId, long credits) {
    CampaignRow row = campaignId == null ? null : workspace.campaigns().get(campaignId);
    if (row == null || row.version() == null || row.version().quota() == null) {
      return null;
    }
    long used = row.total().credits();
    return new Quota(row.version().quota(), used, used + credits);
  }
}
