package io.creditflow.projection;

import java.util.List;

/** The rests of a workspace's grants while time goes on and usage draws on them. */
final class GrantWalk {
  /** Below this a rest is arithmetic dust, not a credit. */
  private static final double DUST = 1e-6;

  /** Later than any instant. */
  static final long NEVER = Long.MAX_VALUE;

  private final long[] begins;
  private final long[] ends;
  private final double[] rests;
  private final boolean[] liveAtStart;
  private final boolean emptyAtStart;
  private long depletedAt = NEVER;
  private double forfeited;

  GrantWalk(List<GrantAhead> grants, long now) {
    begins = new long[grants.size()];
    ends = new long[grants.size()];
    rests = new double[grants.size()];
    liveAtStart = new boolean[grants.size()];
    double live = 0;
    for (int i = 0; i < rests.length; i++) {
      GrantAhead grant = grants.get(i);
      begins[i] = grant.effectiveAt().toEpochMilli();
      ends[i] = grant.end() == null ? NEVER : grant.end().toEpochMilli();
      liveAtStart[i] = isLive(i, now);
      rests[i] = ends[i] <= now ? 0 : grant.rest();
      live += liveAtStart[i] ? rests[i] : 0;
    }
    emptyAtStart = live <= 0;
  }

  /** Nothing that is live at the start has a rest. */
  boolean emptyAtStart() {
    return emptyAtStart;
  }

  private boolean isLive(int grant, long at) {
    return begins[grant] <= at && ends[grant] > at;
  }

  /** {@link #NEVER} if it is not foreseen. */
  long depletedAt() {
    return depletedAt;
  }

  long forfeited() {
    return Math.round(forfeited);
  }

  /** Nothing that is live now is left, and it is known when all ran out. */
  boolean done() {
    if (depletedAt == NEVER && !emptyAtStart) {
      return false;
    }
    for (int i = 0; i < rests.length; i++) {
      if (liveAtStart[i] && rests[i] > 0) {
        return false;
      }
    }
    return true;
  }

  /** Spends evenly between two instants, stopping at each grant's start and end. */
  void advance(long from, long to, double credits) {
    double perMilli = credits / (to - from);
    for (long at = from; at < to; ) {
      long next = nextBoundary(at, to);
      spend(at, next, perMilli * (next - at));
      expire(next);
      at = next;
    }
  }

  /** Beyond the horizon only forfeits are still of interest: spends on at an even pace. */
  void finish(long horizon, double perDay) {
    boolean known = depletedAt != NEVER;
    for (long at = horizon; !done(); ) {
      long next = nextBoundary(at, NEVER);
      if (next == NEVER) {
        break;
      }
      spend(at, next, perDay * Projection.daysBetween(at, next));
      expire(next);
      at = next;
    }
    if (!known) {
      depletedAt = NEVER; // too far away to be foreseen
    }
  }

  private long nextBoundary(long at, long to) {
    long next = to;
    for (int i = 0; i < begins.length; i++) {
      if (begins[i] > at && begins[i] < next) {
        next = begins[i];
      }
      if (ends[i] > at && ends[i] < next) {
        next = ends[i];
      }
    }
    return next;
  }

  private void spend(long from, long to, double credits) {
    double left = credits;
    double spent = 0;
    for (int i = 0; i < rests.length; i++) {
      if (rests[i] > 0 && isLive(i, from)) {
        double taken = Math.min(left, rests[i]);
        rests[i] = rests[i] - taken < DUST ? 0 : rests[i] - taken;
        left -= taken;
        spent += taken;
      }
    }
    if (credits > 0 && depletedAt == NEVER && !emptyAtStart && nothingLive(from)) {
      double share = Math.min(1, spent / credits);
      depletedAt = from + Math.round(share * (to - from));
    }
  }

  private void expire(long at) {
    for (int i = 0; i < rests.length; i++) {
      if (rests[i] > 0 && ends[i] <= at) {
        forfeited += liveAtStart[i] ? rests[i] : 0;
        rests[i] = 0;
      }
    }
    if (depletedAt == NEVER && !emptyAtStart && nothingLive(at)) {
      depletedAt = at;
    }
  }

  private boolean nothingLive(long at) {
    for (int i = 0; i < rests.length; i++) {
      if (rests[i] > 0 && isLive(i, at)) {
        return false;
      }
    }
    return true;
  }
}
