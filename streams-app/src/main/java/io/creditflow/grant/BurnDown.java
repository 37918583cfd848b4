package io.creditflow.grant;

import io.creditflow.event.Utf8Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Computes how usage consumes a workspace's grants over time (contract section 3, rules 4 to 7).
 * Usage draws on the live grants in {@link Grant#BURN_DOWN_ORDER}. Usage that no grant covers is
 * overage; the next grant that takes effect pays it. When a grant ends, its remaining credits are
 * forfeited. Time only goes forward. Between two boundaries only the sum of usage matters, so
 * callers may draw a whole segment at once.
 */
public final class BurnDown {
  /** How a boundary changed the balance. */
  public enum Change {
    EXPIRED,
    VOIDED,
    GRANTED
  }

  /**
   * A boundary that was passed.
   *
   * @param credits signed: the amount when granted, minus what was left when expired or voided
   */
  public record Boundary(long at, Change change, Grant grant, long credits) {}

  /** The drawn, forfeited and remaining credits of a grant. */
  public static final class Account {
    private final Grant grant;
    private long drawn;
    private long forfeited;
    private boolean started;
    private boolean ended;

    private Account(Grant grant) {
      this.grant = grant;
    }

    public Grant grant() {
      return grant;
    }

    public long drawn() {
      return drawn;
    }

    public long forfeited() {
      return forfeited;
    }

    /** The remaining credits; before the grant takes effect, its whole amount. */
    public long rest() {
      return grant.amount() - drawn - forfeited;
    }

    public boolean live() {
      return started && !ended;
    }
  }

  /**
   * By time. At the same time, ends come before starts, ends are ordered by grant id, and starts by
   * {@link Grant#BURN_DOWN_ORDER}.
   */
  private static final Comparator<Transition> TIME_ORDER =
      Comparator.comparingLong(Transition::at)
          .thenComparing(Transition::start)
          .thenComparing(
              (a, b) ->
                  a.start
                      ? Grant.BURN_DOWN_ORDER.compare(a.account.grant, b.account.grant)
                      : Utf8Order.INSTANCE.compare(
                          a.account.grant.grantId(), b.account.grant.grantId()));

  private record Transition(long at, boolean start, Account account) {}

  private final Map<String, Account> accounts = new HashMap<>();
  private final List<Transition> transitions = new ArrayList<>();
  private final TreeSet<Account> live =
      new TreeSet<>((a, b) -> Grant.BURN_DOWN_ORDER.compare(a.grant, b.grant));
  private final List<Boundary> passed = new ArrayList<>();
  private int next;
  private long overage;

  public BurnDown(List<Grant> grants) {
    for (Grant grant : grants) {
      Account account = new Account(grant);
      accounts.put(grant.grantId(), account);
      if (!grant.neverLive()) {
        transitions.add(new Transition(grant.effectiveAt(), true, account));
        if (grant.end() != Grant.NEVER) {
          transitions.add(new Transition(grant.end(), false, account));
        }
      }
    }
    transitions.sort(TIME_ORDER);
  }

  /** Passes every boundary up to the instant, inclusive. */
  public void advance(long toMillis) {
    while (next < transitions.size() && transitions.get(next).at <= toMillis) {
      Transition transition = transitions.get(next++);
      if (transition.start) {
        start(transition);
      } else {
        end(transition);
      }
    }
  }

  /** The first boundary that is not passed yet; {@link Grant#NEVER} if there is none. */
  public long nextBoundary() {
    return next < transitions.size() ? transitions.get(next).at : Grant.NEVER;
  }

  /** The last boundary that was passed; 0 if there is none. */
  public long lastBoundary() {
    return next == 0 ? 0 : transitions.get(next - 1).at;
  }

  private void start(Transition transition) {
    Account account = transition.account;
    account.started = true;
    long paid = Math.min(overage, account.grant.amount());
    account.drawn = paid;
    overage -= paid;
    live.add(account);
    passed.add(new Boundary(transition.at, Change.GRANTED, account.grant, account.grant.amount()));
  }

  private void end(Transition transition) {
    Account account = transition.account;
    long rest = account.rest();
    account.forfeited = rest;
    account.ended = true;
    live.remove(account);
    if (account.grant.endsByVoid()) {
      passed.add(new Boundary(transition.at, Change.VOIDED, account.grant, -rest));
    } else if (rest > 0) {
      passed.add(new Boundary(transition.at, Change.EXPIRED, account.grant, -rest));
    }
  }

  /** Draws usage on the grants that are live at the time last passed to {@link #advance}. */
  public void draw(long credits) {
    long uncovered = credits;
    for (Account account : live) {
      if (uncovered == 0) {
        return;
      }
      long taken = Math.min(uncovered, account.rest());
      account.drawn += taken;
      uncovered -= taken;
    }
    overage += uncovered;
  }

  /** Usage not covered by any grant so far. */
  public long overage() {
    return overage;
  }

  /** Sum of the remaining credits of live grants. */
  public long remaining() {
    return live.stream().mapToLong(Account::rest).sum();
  }

  /** Sum of the amounts of live grants. */
  public long allocated() {
    return live.stream().mapToLong(account -> account.grant.amount()).sum();
  }

  /** Live grants in burn-down order. */
  public List<Account> live() {
    return List.copyOf(live);
  }

  /** The account of one of the grants given to the constructor. */
  public Account account(String grantId) {
    return Objects.requireNonNull(accounts.get(grantId), grantId);
  }

  /** The boundaries passed so far, in order, without expiries that forfeited no credits. */
  public List<Boundary> boundaries() {
    return passed;
  }
}
