package io.creditflow.reference;

import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.CreditsAnswer.GrantItem;
import io.creditflow.answer.CreditsAnswer.GrantStatus;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Says which QUOTA, LOW_BALANCE and EXPIRY alerts a judgement must raise, looking at everything
 * each time: contract section 4 (alerts) and {@code docs/decisions/0007-looking-ahead.md}, in the
 * most naive way. It remembers how often each threshold was crossed and nothing else.
 */
public final class AlertReferee {
  private static final Duration DAY = Duration.ofHours(24);
  private static final CampaignsQuery ALL_CAMPAIGNS =
      new CampaignsQuery(Set.of(), "", CampaignsQuery.Sort.NAME, false, Integer.MAX_VALUE, null);

  private final Map<Threshold, Integer> crossings = new HashMap<>();

  /**
   * An alert that must be raised.
   *
   * @param campaignId null unless about a campaign
   * @param subject a campaign, a grant, or "" for the balance
   * @param arming how often the threshold was crossed so far, there and back
   * @param value what was measured, in the threshold's unit
   * @param crossedAt the instant that the crossing is dated by
   */
  public record Due(
      String workspaceId,
      AlertKind kind,
      String campaignId,
      String subject,
      AlertLevel level,
      double threshold,
      int arming,
      double value,
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
      String subject,
      double value,
      Function<Rung, Standing> standing,
      Function<Rung, Instant> crossedAt) {}

  /** Judges all workspaces as they stand at an instant; in any order. */
  public List<Due> judge(ReferenceCalculator books, Instant now) {
    ReferenceQueries answers = books.referee(now);
    List<Due> due = new ArrayList<>();
    for (WorkspaceItem workspace : answers.workspaces(null, Integer.MAX_VALUE).items()) {
      String workspaceId = workspace.workspaceId();
      Book book = answers.book(workspaceId).orElseThrow();
      for (CampaignItem campaign :
          answers.campaigns(workspaceId, ALL_CAMPAIGNS).orElseThrow().items()) {
        quota(workspaceId, book, campaign, now, due);
      }
      CreditsAnswer credits = answers.credits(workspaceId, null).orElseThrow();
      balance(book, credits, now, due);
      for (GrantItem grant : credits.grants()) {
        expiry(book, workspaceId, grant, now, due);
      }
    }
    return due;
  }

  private void quota(
      String workspaceId, Book book, CampaignItem campaign, Instant now, List<Due> due) {
    if (campaign.quota() == null) {
      return;
    }
    BigDecimal used = BigDecimal.valueOf(campaign.creditsUsed());
    BigDecimal quota = BigDecimal.valueOf(campaign.quota());
    Instant at =
        later(
            book.picture(campaign.campaignId()).getOccurredAt(),
            latestUse(book, use -> use.campaignId().equals(campaign.campaignId())));
    judge(
        QUOTA,
        new Measure(
            workspaceId,
            AlertKind.QUOTA,
            campaign.campaignId(),
            campaign.campaignId(),
            used.doubleValue() / quota.doubleValue(),
            rung -> Standing.of(used.compareTo(rung.exact().multiply(quota)) >= 0),
            rung -> at),
        now,
        due);
  }

  private void balance(Book book, CreditsAnswer credits, Instant now, List<Due> due) {
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
    judge(
        LOW_BALANCE,
        new Measure(
            credits.workspaceId(),
            AlertKind.LOW_BALANCE,
            null,
            "",
            none ? 0 : left.doubleValue() / allocated.doubleValue(),
            rung ->
                none
                    ? withoutAllocation(credits, rung)
                    : Standing.of(left.compareTo(rung.exact().multiply(allocated)) <= 0),
            rung -> changedAt),
        now,
        due);
  }

  /** Only overage says something then: that nothing is left. */
  private static Standing withoutAllocation(CreditsAnswer credits, Rung rung) {
    return credits.overage() > 0 && rung.exact().signum() == 0
        ? Standing.REACHED
        : Standing.UNKNOWN;
  }

  /** Only of what will expire: live, with a rest, and not to be voided before. */
  private void expiry(Book book, String workspaceId, GrantItem grant, Instant now, List<Due> due) {
    boolean voided =
        book.lives().stream()
            .anyMatch(life -> life.id().equals(grant.grantId()) && life.voidCounts());
    if (grant.status() != GrantStatus.ACTIVE || grant.expiresAt() == null || voided) {
      return;
    }
    Function<Rung, Instant> near =
        rung ->
            later(
                grant.effectiveAt(),
                grant.expiresAt().minus(DAY.multipliedBy(rung.exact().longValueExact())));
    judge(
        EXPIRY,
        new Measure(
            workspaceId,
            AlertKind.EXPIRY,
            null,
            grant.grantId(),
            Duration.between(now, grant.expiresAt()).toMillis() / (double) DAY.toMillis(),
            rung -> near.apply(rung).isAfter(now) ? Standing.UNKNOWN : Standing.REACHED,
            near),
        now,
        due);
  }

  private void judge(List<Rung> rungs, Measure measure, Instant now, List<Due> due) {
    Rung mildestLeft = null;
    for (Rung rung : rungs) {
      Standing standing = measure.standing.apply(rung);
      boolean fired = crossings.getOrDefault(threshold(measure, rung), 0) % 2 == 1;
      if (standing == (fired ? Standing.REACHED : Standing.NOT_REACHED)
          || standing == Standing.UNKNOWN) {
        continue;
      }
      crossings.merge(threshold(measure, rung), 1, Integer::sum);
      if (standing == Standing.REACHED) {
        raise(measure, rung, rung.level, now, due);
      } else if (mildestLeft == null) {
        mildestLeft = rung;
      }
    }
    if (mildestLeft != null) {
      raise(measure, mildestLeft, AlertLevel.RECOVERED, now, due);
    }
  }

  private void raise(Measure measure, Rung rung, AlertLevel level, Instant now, List<Due> due) {
    Instant crossedAt = measure.crossedAt.apply(rung);
    if (!crossedAt.plus(DAY).isBefore(now)) {
      due.add(
          new Due(
              measure.workspaceId,
              measure.kind,
              measure.campaignId,
              measure.subject,
              level,
              rung.exact().doubleValue(),
              crossings.get(threshold(measure, rung)),
              measure.value,
              crossedAt));
    }
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
