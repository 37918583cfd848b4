package io.creditflow.engine;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditAlert;
import io.creditflow.histories.GeneratedHistory;
import io.creditflow.histories.HistoryStep;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditQueries;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.WorkspaceItem;
import io.creditflow.reference.ReferenceAlerts;
import io.creditflow.reference.ReferenceAlerts.Due;
import io.creditflow.reference.ReferenceCalculator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * One generated history, judged by the engine and by the alert reference calculator at the same
 * commits: those of the history, and quiet ones in between, at the moments at which something may
 * fall due. Some commits are aborted, some happen while the partition is behind, and now and then
 * the process dies.
 */
final class AlertHistoryRun {
  private static final CampaignsQuery CAMPAIGNS =
      new CampaignsQuery(Set.of(), "", null, CampaignsQuery.Sort.NAME, false, 500, null);
  private static final Duration BEHIND = Duration.ofMinutes(2);
  private static final int QUIET_TICKS_MAX = 4;

  private final GeneratedHistory history;
  private final Random dice;
  private final ConcurrentMap<String, LongAdder> seen;
  private final EngineCalculator product;
  private final ReferenceCalculator counted;
  private final ReferenceAlerts reference = new ReferenceAlerts();
  private final AlertsInForceComparison inForce;
  private final List<Runnable> sinceCommit = new ArrayList<>();
  private final Map<String, CreditAlert> published = new LinkedHashMap<>();
  private final List<HistoryStep.Deliver> delivered = new ArrayList<>();
  private Instant clock = Instant.EPOCH;
  private boolean arrived;

  /**
   * @param seen counts what happened in all histories, so that none is forgotten
   */
  AlertHistoryRun(GeneratedHistory history, ConcurrentMap<String, LongAdder> seen) {
    this.history = history;
    this.seen = seen;
    dice = new Random(history.seed());
    product = new EngineCalculator(history.rules());
    counted = new ReferenceCalculator(history.rules());
    inForce = new AlertsInForceComparison(reference, counted, this::count);
  }

  /** Throws {@link AssertionError} where they disagree. */
  void run() {
    for (HistoryStep step : history.steps()) {
      if (step instanceof HistoryStep.Deliver deliver) {
        quietUntil(deliver.arrival());
        advance(deliver.arrival());
        deliver(deliver);
        if (dice.nextInt(3) == 0) {
          commit();
        }
      } else if (step instanceof HistoryStep.Flush) {
        commit();
      } else if (step instanceof HistoryStep.Crash) {
        crash();
      } else if (step instanceof HistoryStep.Check check) {
        quietUntil(check.now());
        advance(check.now());
        evaluate();
      }
    }
    evaluate();
    quietUntil(clock.plus(Duration.ofDays(45)));
    evaluate();
    replay();
  }

  private void deliver(HistoryStep.Deliver step) {
    HistoryStep.Deliver deliver = withSmallQuota(step);
    arrived = true;
    delivered.add(deliver);
    counted.accept(deliver.topic(), deliver.event(), deliver.arrival());
    again(() -> product.accept(deliver.topic(), deliver.event(), deliver.arrival()));
  }

  /** Small enough that a few events cross a threshold, and cross it back; now and then 0. */
  private static HistoryStep.Deliver withSmallQuota(HistoryStep.Deliver deliver) {
    if (!(deliver.event() instanceof CampaignChanged event) || event.getQuota() == null) {
      return deliver;
    }
    CampaignChanged small =
        new CampaignChanged(
            event.getEventId(),
            event.getWorkspaceId(),
            event.getCampaignId(),
            event.getName(),
            event.getSource(),
            event.getStatus(),
            event.getQuota() % 6,
            event.getStartsAt(),
            event.getEndsAt(),
            event.getOccurredAt());
    return new HistoryStep.Deliver(deliver.topic(), small, deliver.arrival());
  }

  private void advance(Instant now) {
    if (now.isAfter(clock)) {
      clock = now;
    }
    Instant asOf = clock;
    counted.advance(asOf);
    again(() -> product.advance(asOf));
  }

  /** Does something now, and again after a crash unless it was committed. */
  private void again(Runnable deed) {
    sinceCommit.add(deed);
    deed.run();
  }

  private void crash() {
    product.restart();
    List.copyOf(sinceCommit).forEach(Runnable::run);
  }

  /** Time passes, nothing arrives. */
  private void quietUntil(Instant end) {
    int ticks = dice.nextInt(QUIET_TICKS_MAX + 1);
    if (ticks > 0) {
      List<Instant> moments = new ArrayList<>(moments(end));
      Collections.shuffle(moments, dice);
      for (Instant moment : new TreeSet<>(moments.subList(0, Math.min(ticks, moments.size())))) {
        advance(moment);
        commit();
      }
    }
  }

  /** When something may fall due or grow too old, to the millisecond, and its neighbours. */
  private Set<Instant> moments(Instant end) {
    Set<Instant> moments = new TreeSet<>();
    CreditQueries answers = counted.queries(clock);
    for (WorkspaceItem workspace : answers.workspaces(null, 500).items()) {
      for (GrantItem grant :
          answers.credits(workspace.workspaceId(), null).orElseThrow().grants()) {
        moments.add(grant.effectiveAt());
        moments.add(grant.effectiveAt().plus(Duration.ofHours(24)));
        if (grant.expiresAt() != null) {
          for (long days : new long[] {-30, -29, -7, -6, -1, 0, 1}) {
            moments.add(grant.expiresAt().plus(Duration.ofDays(days)));
          }
        }
      }
      for (CampaignItem campaign :
          answers.campaigns(workspace.workspaceId(), CAMPAIGNS).orElseThrow().items()) {
        if (campaign.lastActivityAt() != null) {
          moments.add(campaign.lastActivityAt().plus(Duration.ofHours(24)));
        }
      }
    }
    Set<Instant> near = new TreeSet<>();
    for (Instant moment : moments) {
      Instant moved = moment.plusMillis(dice.nextInt(3) - 1L);
      if (moved.isAfter(clock) && !moved.isAfter(end)) {
        near.add(moved);
      }
    }
    return near;
  }

  private void commit() {
    advance(clock);
    switch (dice.nextInt(10)) {
      case 0 -> {
        product.flush();
        compareInForce();
      }
      case 1 -> evaluateBehind();
      case 2 -> {
        product.evaluateAndAbort(clock);
        List.copyOf(sinceCommit).forEach(Runnable::run);
        return;
      }
      default -> evaluate();
    }
    sinceCommit.clear();
    if (dice.nextInt(12) == 0) {
      crash();
    }
  }

  /** Half a replay would raise what the other half takes back. */
  private void evaluateBehind() {
    List<CreditAlert> raised = product.evaluate(clock.plus(BEHIND));
    if (!raised.isEmpty()) {
      throw new AssertionError(clock + ": raised though two minutes behind: " + raised);
    }
    compareInForce();
  }

  /** Now, and a moment later: what is in force changes with the clock, too. */
  private void compareInForce() {
    inForce.at(clock, product.queries(clock), 500);
    Instant later = clock.plusMillis(dice.nextInt(150_000));
    inForce.at(later, product.queries(later), 1 + dice.nextInt(5));
  }

  private void evaluate() {
    advance(clock);
    List<Due> due = reference.evaluate(counted, clock);
    List<CreditAlert> raised = counted(product.evaluate(clock));
    sinceCommit.clear();
    Set<String> expected = new TreeSet<>();
    due.forEach(alert -> expected.add(line(alert)));
    List<String> found = raised.stream().map(AlertHistoryRun::line).sorted().toList();
    if (!List.copyOf(expected).equals(found)) {
      throw new AssertionError(
          "%s: alerts that must be raised and were:%n  %s%n  %s".formatted(clock, expected, found));
    }
    for (CreditAlert alert : raised) {
      if (published.put(alert.getAlertId(), alert) != null) {
        throw new AssertionError(clock + ": raised twice: " + alert);
      }
    }
    due.forEach(this::count);
    arrived = false;
    inForce.raised(due);
    compareInForce();
  }

  /** Spikes have a test of their own. */
  private static List<CreditAlert> counted(List<CreditAlert> raised) {
    return raised.stream().filter(alert -> alert.getKind() != AlertKind.SPIKE).toList();
  }

  private static String line(Due due) {
    return line(
        AlertsInForceComparison.id(due),
        due.workspaceId(),
        due.campaignId(),
        due.grantId(),
        due.kind(),
        due.level(),
        due.threshold(),
        due.value(),
        due.crossedAt());
  }

  private static String line(CreditAlert alert) {
    return line(
        alert.getAlertId(),
        alert.getWorkspaceId(),
        alert.getCampaignId(),
        alert.getGrantId(),
        alert.getKind(),
        alert.getLevel(),
        alert.getThreshold(),
        alert.getValue(),
        alert.getOccurredAt());
  }

  private static String line(Object... parts) {
    return Arrays.toString(parts);
  }

  private void count(Due due) {
    count(due.kind() + " " + due.level());
    if (!arrived) {
      count(due.kind() + " with no traffic");
    }
    if (due.value() != null && due.value() == due.threshold()) {
      count(due.kind() + " exactly at a threshold");
    }
    if (due.arming() > 2) {
      count(due.kind() + " again");
    }
  }

  private void count(String what) {
    seen.computeIfAbsent(what, name -> new LongAdder()).increment();
  }

  /** The same records into a new state, as under a new application id. */
  private void replay() {
    EngineCalculator calculator = new EngineCalculator(history.rules(), published.keySet());
    for (HistoryStep.Deliver deliver : delivered) {
      calculator.advance(deliver.arrival());
      calculator.accept(deliver.topic(), deliver.event(), deliver.arrival());
      if (dice.nextInt(8) == 0) {
        calculator.flush();
      }
    }
    calculator.advance(clock);
    for (CreditAlert alert : counted(calculator.evaluate(clock))) {
      boolean isNew = !published.containsKey(alert.getAlertId());
      count(isNew ? "replay: new" : "replay: known");
      if (isNew && alert.getLevel() != AlertLevel.RECOVERED && stands(alert)) {
        throw new AssertionError("a replay raises under another id what stands: " + alert);
      }
    }
  }

  /** Whether the last that was published of its threshold is that it was crossed. */
  private boolean stands(CreditAlert alert) {
    AlertLevel last = AlertLevel.RECOVERED;
    for (CreditAlert earlier : published.values()) {
      boolean same =
          earlier.getWorkspaceId().equals(alert.getWorkspaceId())
              && earlier.getKind() == alert.getKind()
              && earlier.getKind() != AlertKind.EXPIRY
              && Objects.equals(earlier.getCampaignId(), alert.getCampaignId());
      if (same
          && (earlier.getThreshold().equals(alert.getThreshold())
              || earlier.getLevel() == AlertLevel.RECOVERED)) {
        last = earlier.getLevel();
      }
    }
    return last != AlertLevel.RECOVERED;
  }
}
