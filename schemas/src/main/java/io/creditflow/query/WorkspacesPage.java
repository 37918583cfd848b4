package io.creditflow.query;

import java.util.List;

/**
 * Part of the workspaces that a token may see ({@code GET /v1/workspaces}).
 *
 * @param items in the order of their ids' UTF-8 bytes
 * @param nextCursor where the next page begins; null at the end
 * @param incomplete whether some partition could not be asked, so that its workspaces are missing
 */
public record WorkspacesPage(List<WorkspaceItem> items, String nextCursor, boolean incomplete) {
  public WorkspacesPage {
    items = List.copyOf(items);
  }
}
