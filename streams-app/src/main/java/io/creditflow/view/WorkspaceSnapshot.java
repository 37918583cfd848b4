package io.creditflow.view;

import io.creditflow.campaign.Campaigns;
import io.creditflow.grant.Balance;
import io.creditflow.grant.BurnDown;
import io.creditflow.state.RowStore;
import io.creditflow.usage.WorkspaceQuarterHours;
import io.creditflow.usage.WorkspaceUsage;
import io.creditflow.workspace.WorkspaceRow;

/**
 * One workspace in one consistent view of a partition. Each row is read when it is first needed,
 * and only once.
 */
final class WorkspaceSnapshot {
  private final RowStore state;
  private final String workspaceId;
  private final long now;
  private final byte[] usageRow;
  private WorkspaceRow row;
  private WorkspaceUsage usage;
  private Balance balance;
  private BurnDown present;
  private Campaigns campaigns;

  /**
   * @param now milliseconds since 1970
   */
  WorkspaceSnapshot(RowStore state, String workspaceId, long now) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.now = now;
    usageRow = state.get(WorkspaceUsage.key(workspaceId).bytes());
  }

  RowStore state() {
    return state;
  }

  String id() {
    return workspaceId;
  }

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  /** The number of the last flush that changed the workspace; -1 if the workspace is unknown. */
  long version() {
    return WorkspaceUsage.version(usageRow);
  }

  /** The workspace's name and time zone; {@link WorkspaceRow#NEW} if it is unknown. */
  WorkspaceRow row() {
    if (row == null) {
      row = WorkspaceRow.read(state, workspaceId);
    }
    return row;
  }

  WorkspaceUsage usage() {
    if (usage == null) {
      usage = WorkspaceUsage.decode(usageRow);
    }
    return usage;
  }

  WorkspaceQuarterHours quarterHours() {
    return new WorkspaceQuarterHours(state, workspaceId, usage());
  }

  Balance balance() {
    if (balance == null) {
      balance = new Balance(state, workspaceId, usage());
    }
    return balance;
  }

  /** The current balance. Callers must not advance it or draw on it. */
  BurnDown present() {
    if (present == null) {
      present = balance().present(now);
    }
    return present;
  }

  Campaigns campaigns() {
    if (campaigns == null) {
      campaigns = new Campaigns(state, workspaceId, usage());
    }
    return campaigns;
  }
}
