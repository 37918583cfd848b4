package io.creditflow.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The rests of a workspace's grants while time goes on and usage draws on them. */
final class GrantWalk {
  /** Below this a rest is arithmetic dust, not a credit. */
  private static final double DUST = 1e-6;

  private final List<GrantAhead> grants;
  private final double[] rests;
  private final boolean[] liveAtStart;
  private final boolean emptyAtStart;
  private Instant depletedAt;
  private double forfeited;

  GrantWalk(List<GrantAhead> grants, Instant now) {
    this.grants = grants;
    rests = new double[grants.size()];
    liveAtStart = new boolean[grants.size()];
    double live = 0;
    for (int i = 0; i < rests.length; i++) {
      GrantAhead grant = grants.get(i);
      liveAtStart[i] = grant.liveAt(now);
      boolean ended = grant.end() != null && !grant.end().isAfter(now);
      rests[i] = ended ? 0 : grant.rest();
      live += liveAtStart[i] ? rests[i] : 0;
    }
    emptyAtStart = live <= 0;
  }

  Instant depletedAt() {
    return depletedAt;
  }

  long forfeited() {
    return Math.round(forfeited);
  }

  /** Nothing that is live now is left, and it is known when all ran out. */
  boolean done() {
    if (depletedAt == null && !emptyAtStart) {
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
  void advance(Instant from, Instant to, double credits) {
    Instant at = from;
    double perMilli = credits / Duration.between(from, to).toMillis();
    while (at.isBefore(to)) {
      Instant next = nextBoundary(at, to);
      spend(at, next, perMilli * Duration.between(at, next).toMillis());
      expire(next);
      at = next;
    }
  }

  /** Beyond the horizon only forfeits are still of interest: spends on at an even pace. */
  void finish(Instant horizon, double perDay) {
    Instant at = horizon;
    boolean known = depletedAt != null;
    while (!done()) {
      Instant next = nextBoundary(at, Instant.MAX);
      if (next.equals(Instant.MAX)) {
        break;
      }
      spend(at, next, perDay * Projection.daysBetween(at, next));
      expire(next);
      at = next;
    }
    if (!known) {
      depletedAt = null; // too far away to be foreseen
    }
  }

  private Instant nextBoundary(Instant at, Instant to) {
    Instant next = to;
    for (GrantAhead grant : grants) {
      if (grant.effectiveAt().isAfter(at) && grant.effectiveAt().isBefore(next)) {
        next = grant.effectiveAt();
      }
      if (grant.end() != null && grant.end().isAfter(at) && grant.end().isBefore(next)) {
        next = grant.end();
      }
    }
    return next;
  }

  private void spend(Instant from, Instant to, double credits) {
    double left = credits;
    double spent = 0;
    for (int i = 0; i < rests.length; i++) {
      if (rests[i] > 0 && grants.get(i).liveAt(from)) {
        double taken = Math.min(left, rests[i]);
        rests[i] = rests[i] - taken < DUST ? 0 : rests[i] - taken;
        left -= taken;
        spent += taken;
      }
    }
    if (credits > 0 && depletedAt == null && !emptyAtStart && nothingLive(from)) {
      double share = Math.min(1, spent / credits);
      depletedAt = from.plusMillis(Math.round(share * Duration.between(from, to).toMillis()));
    }
  }

  private void expire(Instant at) {
    for (int i = 0; i < rests.length; i++) {
      GrantAhead grant = grants.get(i);
      if (rests[i] > 0 && grant.end() != null && !grant.end().isAfter(at)) {
        forfeited += liveAtStart[i] ? rests[i] : 0;
        rests[i] = 0;
      }
    }
    if (depletedAt == null && !emptyAtStart && nothingLive(at)) {
      depletedAt = at;
    }
  }

  private boolean nothingLive(Instant at) {
    for (int i = 0; i < rests.length; i++) {
      if (rests[i] > 0 && grants.get(i).liveAt(at)) {
        return false;
      }
    }
    return true;
  }
}
