package io.creditflow.campaign;

import io.creditflow.projection.ActiveTime;
import io.creditflow.state.Key;
import io.creditflow.state.State;
import io.creditflow.state.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All pictures of campaigns, in time order: what tells their active time from their pauses. */
public final class Pictures {
  private Pictures() {}

  /** Those of every campaign of a workspace, by campaign id. */
  public static Map<String, List<ActiveTime.Picture>> of(State state, String workspaceId) {
    return read(state, Key.of(Table.PICTURE, workspaceId));
  }

  public static List<ActiveTime.Picture> of(State state, String workspaceId, String campaignId) {
    return read(state, Key.of(Table.PICTURE, workspaceId).text(campaignId))
        .getOrDefault(campaignId, List.of());
  }

  private static Map<String, List<ActiveTime.Picture>> read(State state, Key prefix) {
    Map<String, List<ActiveTime.Picture>> pictures = new HashMap<>();
    try (State.Rows rows = state.within(prefix.bytes())) {
      while (rows.hasNext()) {
        State.Row row = rows.next();
        Key.Parts key = Key.parts(row.key());
        key.text();
        Picture picture = Picture.decode(row.value());
        pictures
            .computeIfAbsent(key.text(), id -> new ArrayList<>())
            .add(
                new ActiveTime.Picture(
                    Instant.ofEpochMilli(picture.occurredAt()), picture.isActive()));
      }
    }
    return pictures;
  }
}
