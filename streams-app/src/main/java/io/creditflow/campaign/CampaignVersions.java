package io.creditflow.campaign;

import io.creditflow.projection.ActivePeriods;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the stored versions of campaigns as status changes, oldest first: when each campaign was
 * active or paused.
 */
public final class CampaignVersions {
  private CampaignVersions() {}

  /** The status changes of each campaign of a workspace, by campaign id. */
  public static Map<String, List<ActivePeriods.StatusChange>> of(
      RowStore state, String workspaceId) {
    return read(state, RowKey.of(Table.CAMPAIGN_VERSION, workspaceId));
  }

  public static List<ActivePeriods.StatusChange> of(
      RowStore state, String workspaceId, String campaignId) {
    return read(state, RowKey.of(Table.CAMPAIGN_VERSION, workspaceId).text(campaignId))
        .getOrDefault(campaignId, List.of());
  }

  private static Map<String, List<ActivePeriods.StatusChange>> read(RowStore state, RowKey prefix) {
    Map<String, List<ActivePeriods.StatusChange>> versions = new HashMap<>();
    try (RowStore.RowIterator rows = state.within(prefix.bytes())) {
      while (rows.hasNext()) {
        RowStore.Row row = rows.next();
        RowKey.Parser key = RowKey.parts(row.key());
        key.text();
        CampaignVersion version = CampaignVersion.decode(row.storedValue());
        versions
            .computeIfAbsent(key.text(), id -> new ArrayList<>())
            .add(
                new ActivePeriods.StatusChange(
                    Instant.ofEpochMilli(version.occurredAt()), version.isActive()));
      }
    }
    return versions;
  }
}
