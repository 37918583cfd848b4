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
 * A walk through time over a workspace's grants: usage draws on those live, in {@link
 * Grant#BURN_DOWN_ORDER}; what none covers is overage, paid by the next grant to take effect; an
 * end forfeits the rest (contract section 3, rules 4 to 7). Time only goes forward. Between two
 * boundaries only the sum of usage matters, so callers may draw a whole segment at once.
 */
public final class BurnDown {
  /** What a boundary did to the balance. */
  public enum Change {
    EXPIRED,
    VOIDED,
    GRANTED
  }

  /**
   * A boundary that was passed.
   *
   * @param credits signed: plus the amount when granted, minus the rest when expired or voided
   */
  public record Boundary(long at, Change change, Grant grant, long credits) {}

  /** What became of a grant so far. */
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

    /** What is left; the whole amount before it takes effect. */
    public long rest() {
      return grant.amount() - drawn - forfeited;
    }

    public boolean live() {
      return started && !ended;
    }
  }

  /** Ends before starts at one instant; ends by id, starts in the order they draw. */
  private static final Comparator<Event> TIME_ORDER =
      Comparator.comparingLong(Event::at)
          .thenComparing(Event::start)
          .thenComparing(
              (a, b) ->
                  a.start
                      ? Grant.BURN_DOWN_ORDER.compare(a.account.grant, b.account.grant)
                      : Utf8Order.INSTANCE.compare(
                          a.account.grant.grantId(), b.account.grant.grantId()));

  private record Event(long at, boolean start, Account account) {}

  private final Map<String, Account> accounts = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
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
        events.add(new Event(grant.effectiveAt(), true, account));
        if (grant.end() != Grant.NEVER) {
          events.add(new Event(grant.end(), false, account));
        }
      }
    }
    events.sort(TIME_ORDER);
  }

  /** Passes every boundary up to the instant, inclusive. */
  public void advance(long toMillis) {
    while (next < events.size() && events.get(next).at <= toMillis) {
      Event event = events.get(next++);
      if (event.start) {
        start(event);
      } else {
        end(event);
      }
    }
  }

  private void start(Event event) {
    Account account = event.account;
    account.started = true;
    long paid = Math.min(overage, account.grant.amount());
    account.drawn = paid;
    overage -= paid;
    live.add(account);
    passed.add(new Boundary(event.at, Change.GRANTED, account.grant, account.grant.amount()));
  }

  private void end(Event event) {
    Account account = event.account;
    long rest = account.rest();
    account.forfeited = rest;
    account.ended = true;
    live.remove(account);
    if (account.grant.endsByVoid()) {
      passed.add(new Boundary(event.at, Change.VOIDED, account.grant, -rest));
    } else if (rest > 0) {
      passed.add(new Boundary(event.at, Change.EXPIRED, account.grant, -rest));
    }
  }

  /** Draws usage at the instant that the walk has reached. */
  public void draw(long credits) {
    long open = credits;
    for (Account account : live) {
      if (open == 0) {
        return;
      }
      long taken = Math.min(open, account.rest());
      account.drawn += taken;
      open -= taken;
    }
    overage += open;
  }

  /** Usage not covered by any grant so far. */
  public long overage() {
    return overage;
  }

  /** Sum of the rests of live grants. */
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

  /** Of one of the grants it was made with. */
  public Account account(String grantId) {
    return Objects.requireNonNull(accounts.get(grantId), grantId);
  }

  /** Boundaries passed so far that history shows, in order. */
  public List<Boundary> boundaries() {
    return passed;
  }
}
