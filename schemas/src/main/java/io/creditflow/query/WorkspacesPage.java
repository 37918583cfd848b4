package io.creditflow.query;

import java.util.List;

/**
 * One page of the workspaces that a token may see ({@code GET /v1/workspaces}).
 *
 * @param items in the order of their ids' UTF-8 bytes
 * @param nextCursor where the next page begins; null on the last page
 * @param incomplete whether a partition could not be read, so that its workspaces are missing
 */
public record WorkspacesPage(List<WorkspaceItem> items, String nextCursor, boolean incomplete) {
  public WorkspacesPage {
    items = List.copyOf(items);
  }
}
