package io.creditflow.reference;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.CreditsAnswer.GrantStatus;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CampaignChanged;
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
 * Says which QUOTA, LOW_BALANCE and EXPIRY alerts a judgement must raise, looking at everything
 * each time: contract section 4 (alerts) and {@code docs/decisions/0007-looking-ahead.md}, in the
 * most naive way. It remembers how often each threshold was crossed, and what was raised.
 */
public final class AlertReferee {
  private static final Duration DAY = Duration.ofHours(24);
  private static final CampaignsQuery ALL_CAMPAIGNS =
      new CampaignsQuery(
          Set.of(), "", null, CampaignsQuery.Sort.NAME, false, Integer.MAX_VALUE, null);

  private final Map<Threshold, Integer> crossings = new HashMap<>();
  private final List<Due> raised = new ArrayList<>();

  /**
   * An alert that must be raised.
   *
   * @param campaignId null unless about a campaign
   * @param grantId null unless about a grant
   * @param subject a campaign, a grant, or "" for the balance
   * @param arming how often the threshold was crossed so far, there and back
   * @param value what was measured, in the threshold's unit; null for a quota of 0 or none
   * @param crossedAt the instant that the crossing is dated by
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

  /** A threshold and its level; those of a list go from the mildest to the most pressing. */
  private record Rung(String number, AlertLevel level) {
    BigDecimal exact() {
      return new BigDecimal(number);
    }
  }

  private static final List<Rung> QUOTA =
      List.of(new Rung("0.8", AlertLevel.WARNING), new Rung("1", AlertLevel.CRITICAL));
  private static final List<Rung> LOW_BALANCE =
      List.of(
          new Rung("0.2", AlertLevel.NOTICE),
          new Rung("0.1", AlertLevel.WARNING),
          new Rung("0", AlertLevel.CRITICAL));
  private static final List<Rung> EXPIRY =
      List.of(
          new Rung("30", AlertLevel.NOTICE),
          new Rung("7", AlertLevel.WARNING),
          new Rung("1", AlertLevel.CRITICAL));

  private static final Map<AlertKind, List<Rung>> RUNGS =
      Map.of(
          AlertKind.QUOTA, QUOTA,
          AlertKind.LOW_BALANCE, LOW_BALANCE,
          AlertKind.EXPIRY, EXPIRY);

  /** How a measure stands to a threshold; of UNKNOWN what was known before stays. */
  private enum Standing {
    REACHED,
    NOT_REACHED,
    UNKNOWN;

    static Standing of(boolean reached) {
      return reached ? REACHED : NOT_REACHED;
    }
  }

  /** How something stands to its thresholds, and when it came to that. */
  private record Measure(
      String workspaceId,
      AlertKind kind,
      String campaignId,
      String grantId,
      String subject,
      Double value,
      Function<Rung, Standing> standing,
      Function<Rung, Instant> crossedAt) {}

  /** Judges all workspaces as they stand at an instant; in any order. */
  public List<Due> judge(ReferenceCalculator books, Instant now) {
    List<Due> due = new ArrayList<>();
    for (Measure measure : measures(books, now)) {
      judge(measure, now, due);
    }
    raised.addAll(due);
    return due;
  }

  /**
   * Of all that was raised so far what is in force at an instant, with its value there: the state
   * of that instant bears it out, and its threshold was not crossed since.
   */
  public Map<Due, Double> inForce(ReferenceCalculator books, Instant at) {
    Map<Due, Double> inForce = new HashMap<>();
    for (Measure measure : measures(books, at)) {
      for (Rung rung : RUNGS.get(measure.kind)) {
        int arming = crossings.getOrDefault(threshold(measure, rung), 0);
        if (measure.standing.apply(rung) == Standing.REACHED) {
          raised.stream()
              .filter(due -> due.level != AlertLevel.RECOVERED)
              .filter(due -> isOf(due, measure, rung, arming))
              .forEach(due -> inForce.put(due, measure.value));
        }
      }
    }
    return inForce;
  }

  private static boolean isOf(Due due, Measure measure, Rung rung, int arming) {
    return due.workspaceId.equals(measure.workspaceId)
        && due.kind == measure.kind
        && due.subject.equals(measure.subject)
        && due.threshold == rung.exact().doubleValue()
        && due.arming == arming;
  }

  private static List<Measure> measures(ReferenceCalculator books, Instant now) {
    ReferenceQueries answers = books.referee(now);
    List<Measure> measures = new ArrayList<>();
    for (WorkspaceItem workspace : answers.workspaces(null, Integer.MAX_VALUE).items()) {
      String workspaceId = workspace.workspaceId();
      Book book = answers.book(workspaceId).orElseThrow();
      for (CampaignItem campaign :
          answers.campaigns(workspaceId, ALL_CAMPAIGNS).orElseThrow().items()) {
        measures.add(quota(workspaceId, book, campaign));
      }
      CreditsAnswer credits = answers.credits(workspaceId, null).orElseThrow();
      measures.add(balance(book, credits, now));
      for (GrantItem grant : credits.grants()) {
        expiry(book, workspaceId, grant, now).ifPresent(measures::add);
      }
    }
    return measures;
  }

  private static Measure quota(String workspaceId, Book book, CampaignItem campaign) {
    BigDecimal used = BigDecimal.valueOf(campaign.creditsUsed());
    BigDecimal quota = campaign.quota() == null ? null : BigDecimal.valueOf(campaign.quota());
    CampaignChanged picture = book.picture(campaign.campaignId());
    Instant at =
        later(
            latestUse(book, use -> use.campaignId().equals(campaign.campaignId())),
            picture == null ? null : picture.getOccurredAt());
    return new Measure(
        workspaceId,
        AlertKind.QUOTA,
        campaign.campaignId(),
        null,
        campaign.campaignId(),
        quota == null || quota.signum() == 0
            ? null
            : (Double) (used.doubleValue() / quota.doubleValue()),
        rung -> Standing.of(quota != null && exceeds(used, quota, rung)),
        rung -> at);
  }

  /** A quota of 0 is exceeded by the first credit and not before. */
  private static boolean exceeds(BigDecimal used, BigDecimal quota, Rung rung) {
    return quota.signum() == 0
        ? used.signum() > 0
        : used.compareTo(rung.exact().multiply(quota)) >= 0;
  }

  private static Measure balance(Book book, CreditsAnswer credits, Instant now) {
    BigDecimal left = BigDecimal.valueOf(credits.remaining());
    BigDecimal allocated = BigDecimal.valueOf(credits.allocated());
    boolean none = credits.allocated() == 0;
    Instant at = latestUse(book, used -> true);
    for (GrantLife life : book.lives()) {
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
        rung ->
            none
                ? withoutAllocation(credits, rung)
                : Standing.of(left.compareTo(rung.exact().multiply(allocated)) <= 0),
        rung -> changedAt);
  }

  /** Only overage says something then: that nothing is left. */
  private static Standing withoutAllocation(CreditsAnswer credits, Rung rung) {
    return credits.overage() > 0 && rung.exact().signum() == 0
        ? Standing.REACHED
        : Standing.UNKNOWN;
  }

  /** Only of what will expire: live, with a rest, and not to be voided before. */
  private static Optional<Measure> expiry(
      Book book, String workspaceId, GrantItem grant, Instant now) {
    boolean voided =
        book.lives().stream()
            .anyMatch(life -> life.id().equals(grant.grantId()) && life.voidCounts());
    if (grant.status() != GrantStatus.ACTIVE || grant.expiresAt() == null || voided) {
      return Optional.empty();
    }
    Function<Rung, Instant> near =
        rung ->
            later(
                grant.effectiveAt(),
                grant.expiresAt().minus(DAY.multipliedBy(rung.exact().longValueExact())));
    long days =
        ChronoUnit.DAYS.between(Days.of(now, book.zone()), Days.of(grant.expiresAt(), book.zone()));
    return Optional.of(
        new Measure(
            workspaceId,
            AlertKind.EXPIRY,
            null,
            grant.grantId(),
            grant.grantId(),
            (double) days,
            rung -> near.apply(rung).isAfter(now) ? Standing.UNKNOWN : Standing.REACHED,
            near));
  }

  private void judge(Measure measure, Instant now, List<Due> due) {
    Rung mildestLeft = null;
    for (Rung rung : RUNGS.get(measure.kind)) {
      Standing standing = measure.standing.apply(rung);
      int arming = crossings.getOrDefault(threshold(measure, rung), 0);
      boolean fired = arming % 2 == 1;
      if (standing == (fired ? Standing.REACHED : Standing.NOT_REACHED)
          || standing == Standing.UNKNOWN) {
        continue;
      }
      crossings.put(threshold(measure, rung), arming + 1);
      if (standing == Standing.REACHED) {
        Due crossing = due(measure, rung, rung.level);
        if (!crossing.crossedAt.plus(DAY).isBefore(now)) {
          due.add(crossing);
        }
      } else if (mildestLeft == null
          && raised.stream().anyMatch(earlier -> isOf(earlier, measure, rung, arming))) {
        mildestLeft = rung;
      }
    }
    if (mildestLeft != null) {
      due.add(due(measure, mildestLeft, AlertLevel.RECOVERED));
    }
  }

  private Due due(Measure measure, Rung rung, AlertLevel level) {
    return new Due(
        measure.workspaceId,
        measure.kind,
        measure.campaignId,
        measure.grantId,
        measure.subject,
        level,
        rung.exact().doubleValue(),
        crossings.get(threshold(measure, rung)),
        measure.value,
        measure.crossedAt.apply(rung));
  }

  private static Threshold threshold(Measure measure, Rung rung) {
    return new Threshold(measure.workspaceId, measure.kind, measure.subject, rung.number);
  }

  /** The latest usage or reversal that was accepted, whether it still counts or not. */
  private static Instant latestUse(Book book, Function<Usage, Boolean> which) {
    Instant latest = Instant.EPOCH;
    for (Usage used : book.usage()) {
      if (which.apply(used)) {
        latest = later(latest, used.occurredAt());
        latest = later(latest, book.latestReversalOf(used.eventId()));
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
