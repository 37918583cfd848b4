package io.creditflow.reference;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
import io.creditflow.query.CampaignItem;
import io.creditflow.query.CampaignsQuery;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.CreditsResponse.GrantStatus;
import io.creditflow.query.WorkspaceItem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Computes which QUOTA, LOW_BALANCE and EXPIRY alerts an evaluation must raise. It implements
 * contract section 4 (alerts) and {@code docs/decisions/0007-looking-ahead.md} in the most naive
 * way: each evaluation reads everything again. Its only memory is how often each threshold was
 * crossed and which alerts were raised.
 */
public final class ReferenceAlerts {
  private static final Duration DAY = Duration.ofHours(24);
  private static final CampaignsQuery ALL_CAMPAIGNS =
      new CampaignsQuery(
          Set.of(), "", null, CampaignsQuery.Sort.NAME, false, Integer.MAX_VALUE, null);

  private final Map<Threshold, Integer> crossings = new HashMap<>();
  private final List<Due> raised = new ArrayList<>();

  /**
   * An alert that must be raised.
   *
   * @param campaignId null unless the alert concerns a campaign
   * @param grantId null unless the alert concerns a grant
   * @param subject the id of the campaign or grant, or "" for the balance
   * @param arming how often the threshold was crossed so far, in both directions
   * @param value the measured value, in the threshold's unit; null if the quota is 0 or absent
   * @param crossedAt the event time of the crossing
   */
  public record Due(
      String workspaceId,
      AlertKind kind,
      String campaignId,
      String grantId,
      String subject,
      AlertLevel level,
      double threshold,
      int arming,
      Double value,
      Instant crossedAt) {}

  private record Threshold(String workspaceId, AlertKind kind, String subject, String number) {}

  /** A threshold and its level. Lists are ordered from the least to the most severe. */
  private record Step(String number, AlertLevel level) {
    BigDecimal exact() {
      return new BigDecimal(number);
    }
  }

  private static final List<Step> QUOTA =
      List.of(new Step("0.8", AlertLevel.WARNING), new Step("1", AlertLevel.CRITICAL));
  private static final List<Step> LOW_BALANCE =
      List.of(
          new Step("0.2", AlertLevel.NOTICE),
          new Step("0.1", AlertLevel.WARNING),
          new Step("0", AlertLevel.CRITICAL));
  private static final List<Step> EXPIRY =
      List.of(
          new Step("30", AlertLevel.NOTICE),
          new Step("7", AlertLevel.WARNING),
          new Step("1", AlertLevel.CRITICAL));

  private static final Map<AlertKind, List<Step>> STEPS =
      Map.of(
          AlertKind.QUOTA, QUOTA,
          AlertKind.LOW_BALANCE, LOW_BALANCE,
          AlertKind.EXPIRY, EXPIRY);

  /** Whether a measure has reached a threshold. UNKNOWN leaves the previous state unchanged. */
  private enum ThresholdState {
    REACHED,
    NOT_REACHED,
    UNKNOWN;

    static ThresholdState of(boolean reached) {
      return reached ? REACHED : NOT_REACHED;
    }
  }

  /** The measure of one subject, with its state and crossing time for each threshold. */
  private record Measure(
      String workspaceId,
      AlertKind kind,
      String campaignId,
      String grantId,
      String subject,
      Double value,
      Function<Step, ThresholdState> state,
      Function<Step, Instant> crossedAt) {}

  /** Evaluates all workspaces at an instant. The result has no defined order. */
  public List<Due> evaluate(ReferenceCalculator calculator, Instant now) {
    List<Due> due = new ArrayList<>();
    for (Measure measure : measures(calculator, now)) {
      evaluate(measure, now, due);
    }
    raised.addAll(due);
    return due;
  }

  /**
   * The raised alerts that are in force at an instant, with their value at that instant. An alert
   * is in force if its condition holds and its threshold was not crossed since.
   */
  public Map<Due, Double> inForce(ReferenceCalculator calculator, Instant at) {
    Map<Due, Double> inForce = new HashMap<>();
    for (Measure measure : measures(calculator, at)) {
      for (Step step : STEPS.get(measure.kind)) {
        int arming = crossings.getOrDefault(threshold(measure, step), 0);
        if (measure.state.apply(step) == ThresholdState.REACHED) {
          raised.stream()
              .filter(due -> due.level != AlertLevel.RECOVERED)
              .filter(due -> isOf(due, measure, step, arming))
              .forEach(due -> inForce.put(due, measure.value));
        }
      }
    }
    return inForce;
  }

  private static boolean isOf(Due due, Measure measure, Step step, int arming) {
    return due.workspaceId.equals(measure.workspaceId)
        && due.kind == measure.kind
        && due.subject.equals(measure.subject)
        && due.threshold == step.exact().doubleValue()
        && due.arming == arming;
  }

  private static List<Measure> measures(ReferenceCalculator calculator, Instant now) {
    ReferenceQueries answers = calculator.reference(now);
    List<Measure> measures = new ArrayList<>();
    for (WorkspaceItem workspace : answers.workspaces(null, Integer.MAX_VALUE).items()) {
      String workspaceId = workspace.workspaceId();
      AcceptedEvents accepted = answers.accepted(workspaceId).orElseThrow();
      for (CampaignItem campaign :
          answers.campaigns(workspaceId, ALL_CAMPAIGNS).orElseThrow().items()) {
        measures.add(quota(workspaceId, accepted, campaign));
      }
      CreditsResponse credits = answers.credits(workspaceId, null).orElseThrow();
      measures.add(balance(accepted, credits, now));
      for (GrantItem grant : credits.grants()) {
        expiry(accepted, workspaceId, grant, now).ifPresent(measures::add);
      }
    }
    return measures;
  }

  private static Measure quota(String workspaceId, AcceptedEvents accepted, CampaignItem campaign) {
    BigDecimal used = BigDecimal.valueOf(campaign.creditsUsed());
    BigDecimal quota = campaign.quota() == null ? null : BigDecimal.valueOf(campaign.quota());
    CampaignChanged version = accepted.version(campaign.campaignId());
    Instant at =
        later(
            latestUse(accepted, use -> use.campaignId().equals(campaign.campaignId())),
            version == null ? null : version.getOccurredAt());
    return new Measure(
        workspaceId,
        AlertKind.QUOTA,
        campaign.campaignId(),
        null,
        campaign.campaignId(),
        quota == null || quota.signum() == 0
            ? null
            : (Double) (used.doubleValue() / quota.doubleValue()),
        step -> ThresholdState.of(quota != null && exceeds(used, quota, step)),
        step -> at);
  }

  /** A quota of 0 is exceeded from the first credit on. */
  private static boolean exceeds(BigDecimal used, BigDecimal quota, Step step) {
    return quota.signum() == 0
        ? used.signum() > 0
        : used.compareTo(step.exact().multiply(quota)) >= 0;
  }

  private static Measure balance(AcceptedEvents accepted, CreditsResponse credits, Instant now) {
    BigDecimal left = BigDecimal.valueOf(credits.remaining());
    BigDecimal allocated = BigDecimal.valueOf(credits.allocated());
    boolean none = credits.allocated() == 0;
    Instant at = latestUse(accepted, used -> true);
    for (GrantLifetime life : accepted.lives()) {
      if (!life.neverLive()) {
        at = later(at, notAfter(now, life.effectiveAt()));
        at = later(at, notAfter(now, life.end()));
      }
    }
    Instant changedAt = at;
    return new Measure(
        credits.workspaceId(),
        AlertKind.LOW_BALANCE,
        null,
        null,
        "",
        none ? 0.0 : left.doubleValue() / allocated.doubleValue(),
        step ->
            none
                ? withoutAllocation(credits, step)
                : ThresholdState.of(left.compareTo(step.exact().multiply(allocated)) <= 0),
        step -> changedAt);
  }

  /** The state without any allocated credits: only overage shows that no credits are left. */
  private static ThresholdState withoutAllocation(CreditsResponse credits, Step step) {
    return credits.overage() > 0 && step.exact().signum() == 0
        ? ThresholdState.REACHED
        : ThresholdState.UNKNOWN;
  }

  /**
   * The measure of a grant that will expire: live, with remaining credits and not voided before its
   * expiry. Empty for other grants.
   */
  private static Optional<Measure> expiry(
      AcceptedEvents accepted, String workspaceId, GrantItem grant, Instant now) {
    boolean voided =
        accepted.lives().stream()
            .anyMatch(life -> life.id().equals(grant.grantId()) && life.voidCounts());
    if (grant.status() != GrantStatus.ACTIVE || grant.expiresAt() == null || voided) {
      return Optional.empty();
    }
    Function<Step, Instant> near =
        step ->
            later(
                grant.effectiveAt(),
                grant.expiresAt().minus(DAY.multipliedBy(step.exact().longValueExact())));
    long days =
        ChronoUnit.DAYS.between(
            ReferenceDays.of(now, accepted.zone()),
            ReferenceDays.of(grant.expiresAt(), accepted.zone()));
    return Optional.of(
        new Measure(
            workspaceId,
            AlertKind.EXPIRY,
            null,
            grant.grantId(),
            grant.grantId(),
            (double) days,
            step -> near.apply(step).isAfter(now) ? ThresholdState.UNKNOWN : ThresholdState.REACHED,
            near));
  }

  private void evaluate(Measure measure, Instant now, List<Due> due) {
    Step mildestRecovered = null;
    for (Step step : STEPS.get(measure.kind)) {
      ThresholdState state = measure.state.apply(step);
      int arming = crossings.getOrDefault(threshold(measure, step), 0);
      boolean fired = arming % 2 == 1;
      if (state == (fired ? ThresholdState.REACHED : ThresholdState.NOT_REACHED)
          || state == ThresholdState.UNKNOWN) {
        continue;
      }
      crossings.put(threshold(measure, step), arming + 1);
      if (state == ThresholdState.REACHED) {
        Due crossing = due(measure, step, step.level);
        if (!crossing.crossedAt.plus(DAY).isBefore(now)) {
          due.add(crossing);
        }
      } else if (mildestRecovered == null
          && raised.stream().anyMatch(earlier -> isOf(earlier, measure, step, arming))) {
        mildestRecovered = step;
      }
    }
    if (mildestRecovered != null) {
      due.add(due(measure, mildestRecovered, AlertLevel.RECOVERED));
    }
  }

  private Due due(Measure measure, Step step, AlertLevel level) {
    return new Due(
        measure.workspaceId,
        measure.kind,
        measure.campaignId,
        measure.grantId,
        measure.subject,
        level,
        step.exact().doubleValue(),
        crossings.get(threshold(measure, step)),
        measure.value,
        measure.crossedAt.apply(step));
  }

  private static Threshold threshold(Measure measure, Step step) {
    return new Threshold(measure.workspaceId, measure.kind, measure.subject, step.number);
  }

  /**
   * The time of the latest accepted usage or reversal, including reversed usage; the epoch if there
   * is none.
   */
  private static Instant latestUse(
      AcceptedEvents accepted, Function<ReferenceUsage, Boolean> which) {
    Instant latest = Instant.EPOCH;
    for (ReferenceUsage used : accepted.usage()) {
      if (which.apply(used)) {
        latest = later(latest, used.occurredAt());
        latest = later(latest, accepted.latestReversalOf(used.eventId()));
      }
    }
    return latest;
  }

  private static Instant notAfter(Instant now, Instant at) {
    return at == null || at.isAfter(now) ? null : at;
  }

  private static Instant later(Instant one, Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }
}
