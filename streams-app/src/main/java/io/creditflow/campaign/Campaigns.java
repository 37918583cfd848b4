package io.creditflow.campaign;

import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import io.creditflow.usage.CampaignDelta;
import io.creditflow.usage.WorkspaceUsage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current campaigns of a workspace. Each is the campaign's own row plus the delta of it that is
 * stored in the workspace's row (docs/decisions/0020). Caches rows, so that an instance serves one
 * read of the state only.
 */
public final class Campaigns {
  private final RowStore state;
  private final String workspaceId;
  private final Map<String, CampaignDelta> deltas;
  private final Map<String, CampaignRow> found = new HashMap<>();
  private @Nullable Map<String, CampaignRow> all;

  /**
   * @param usage the workspace's, which holds the deltas
   */
  public Campaigns(RowStore state, String workspaceId, WorkspaceUsage usage) {
    this.state = state;
    this.workspaceId = workspaceId;
    deltas = usage.deltas();
  }

  /** One campaign; a row without usage if the campaign is unknown. */
  public CampaignRow get(String campaignId) {
    CampaignRow row = find(campaignId);
    return row == null ? CampaignRow.decode(null) : row;
  }

  /** One campaign; null if it is unknown. */
  public @Nullable CampaignRow find(String campaignId) {
    if (all != null) {
      return all.get(campaignId);
    }
    return found.computeIfAbsent(campaignId, this::read);
  }

  private @Nullable CampaignRow read(String campaignId) {
    byte[] row = state.get(CampaignRow.key(workspaceId, campaignId).bytes());
    CampaignDelta delta = deltas.get(campaignId);
    return row == null && delta == null ? null : CampaignRow.decode(row).add(delta);
  }

  /** All campaigns; the key is the campaign id. The order is not defined. */
  public Map<String, CampaignRow> all() {
    if (all == null) {
      all = readAll();
    }
    return all;
  }

  private Map<String, CampaignRow> readAll() {
    Map<String, CampaignRow> rows = new LinkedHashMap<>();
    byte[] prefix = RowKey.of(Table.CAMPAIGN, workspaceId).bytes();
    try (RowStore.RowIterator stored = state.within(prefix)) {
      while (stored.hasNext()) {
        RowStore.Row row = stored.next();
        String campaignId = RowKey.parts(row.key(), prefix.length).text();
        rows.put(campaignId, CampaignRow.decode(row.value()).add(deltas.get(campaignId)));
      }
    }
    deltas.forEach(
        (campaignId, delta) ->
            rows.computeIfAbsent(campaignId, id -> CampaignRow.decode(null).add(delta)));
    return rows;
  }
}
