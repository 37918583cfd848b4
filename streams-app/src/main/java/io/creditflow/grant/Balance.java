package io.creditflow.grant;

import io.creditflow.ledger.Ledger;
import io.creditflow.ledger.LedgerPosition;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowStore;
import io.creditflow.state.Table;
import io.creditflow.usage.UsageSegments;
import io.creditflow.usage.WorkspaceUsage;
import java.util.ArrayList;
import java.util.List;

/** Computes a workspace's balance at any instant from its grants and usage sums. */
public final class Balance {
  private final RowStore state;
  private final String workspaceId;
  private final List<Grant> grants = new ArrayList<>();
  private final WorkspaceUsage usage;
  private final UsageSegments segments;

  /**
   * @param usage the workspace's usage
   */
  public Balance(RowStore state, String workspaceId, WorkspaceUsage usage) {
    this.state = state;
    this.workspaceId = workspaceId;
    this.usage = usage;
    segments = usage.segments();
    try (RowStore.RowIterator rows = state.within(RowKey.of(Table.GRANT, workspaceId).bytes())) {
      while (rows.hasNext()) {
        Grant grant = GrantRow.decode(rows.next().value()).effective();
        if (grant != null) {
          grants.add(grant);
        }
      }
    }
    grants.sort(Grant.BURN_DOWN_ORDER);
  }

  /** All grants, in burn-down order. */
  public List<Grant> grants() {
    return grants;
  }

  /** The balance now. Usage with a later event time is drawn as if it occurred now. */
  public BurnDown present(long now) {
    BurnDown burnDown = new BurnDown(grants);
    int current = segments.at(now);
    for (int i = 0; i <= current; i++) {
      burnDown.advance(segments.start(i));
      burnDown.draw(segments.sum(i));
    }
    burnDown.advance(now);
    for (int i = current + 1; i < segments.count(); i++) {
      burnDown.draw(segments.sum(i));
    }
    return burnDown;
  }

  /** The balance at an instant, inclusive, based on all events known now. */
  public BurnDown past(long at) {
    BurnDown burnDown = new BurnDown(grants);
    int current = segments.at(at);
    long undrawn = Ledger.of(state, workspaceId).usedBefore(LedgerPosition.after(at), usage);
    for (int i = 0; i <= current; i++) {
      burnDown.advance(segments.start(i));
      long used = i == current ? undrawn : segments.sum(i);
      burnDown.draw(used);
      undrawn -= used;
    }
    burnDown.advance(at);
    return burnDown;
  }

  /** The first grant boundary after the instant; {@link Long#MAX_VALUE} if there is none. */
  public long nextBoundary(long after) {
    long next = Long.MAX_VALUE;
    for (Grant grant : grants) {
      next = Math.min(next, grant.effectiveAt() > after ? grant.effectiveAt() : Long.MAX_VALUE);
      next = Math.min(next, grant.end() > after ? grant.end() : Long.MAX_VALUE);
    }
    return next;
  }

  /** Starts computing balances at increasing instants, none of them after now. */
  public Replay replay() {
    return new Replay();
  }

  /** Computes the balances at increasing instants in one pass. */
  public final class Replay {
    private final BurnDown burnDown = new BurnDown(grants);
    private int segment;
    private long drawnInSegment;
    private long usedInEarlierSegments;

    /**
     * Credits remaining after everything before the instant.
     *
     * @param usedBefore all usage of the workspace before the instant
     */
    public long remainingBefore(long instant, long usedBefore) {
      while (segments.end(segment) < instant) {
        draw(segments.sum(segment) - drawnInSegment);
        usedInEarlierSegments += segments.sum(segment);
        segment++;
        drawnInSegment = 0;
        burnDown.advance(segments.start(segment));
      }
      draw(usedBefore - usedInEarlierSegments - drawnInSegment);
      return burnDown.remaining();
    }

    private void draw(long credits) {
      burnDown.draw(credits);
      drawnInSegment += credits;
    }
  }
}
