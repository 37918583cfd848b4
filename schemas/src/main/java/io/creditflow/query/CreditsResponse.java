package io.creditflow.query;

import java.time.Instant;
import java.util.List;

/**
 * The balance of a workspace ({@code GET /v1/workspaces/{w}/credits}). Amounts are whole credits.
 *
 * @param name null until the workspace is described
 * @param overage usage that no grant has covered yet; 0 or more, and 0 whenever remaining is not
 * @param expiresAt nearest expiry among live grants with a rest; null if none
 * @param daysRemaining calendar days to that expiry in the workspace's zone; null without expiry
 * @param period life of the live grant that expires first; null if no live grant expires
 * @param runway null when asked about the past
 */
public record CreditsResponse(
    String workspaceId,
    String name,
    String timeZone,
    long remaining,
    long allocated,
    long consumed,
    long overage,
    Instant expiresAt,
    Long daysRemaining,
    Period period,
    List<GrantItem> grants,
    Runway runway) {

  /** Half-open: start belongs to it, end does not. */
  public record Period(Instant start, Instant end) {}

  /**
   * A grant and what became of it: amount = remaining + consumed + forfeited.
   *
   * @param expiresAt null if it never expires
   */
  public record GrantItem(
      String grantId,
      long amount,
      long remaining,
      long consumed,
      long forfeited,
      Instant effectiveAt,
      Instant expiresAt,
      int priority,
      GrantStatus status) {}

  public enum GrantStatus {
    SCHEDULED,
    ACTIVE,
    DEPLETED,
    EXPIRED,
    VOIDED
  }

  /**
   * How long the credits last at today's pace, as of the last full minute.
   *
   * @param depletesAt when they run out; null if not foreseen
   * @param earliest early bound of an 80 % interval; null if not foreseen
   * @param latest late bound; null if not foreseen
   * @param forfeitedAtExpiry credits that will expire unused, over the live grants; null if there
   *     is too little usage to go by
   * @param reason why there is no depletesAt; null beside one
   */
  public record Runway(
      Instant depletesAt,
      Instant earliest,
      Instant latest,
      Long forfeitedAtExpiry,
      RunwayReason reason) {
    /** Of a workspace without credits: there is nothing to run out or to expire. */
    public static final Runway NO_CREDITS =
        new Runway(null, null, null, 0L, RunwayReason.NO_CREDITS);
  }

  /** Why a runway has no end, in the order in which they apply. */
  public enum RunwayReason {
    /** No live grant has a rest. */
    NO_CREDITS,
    TOO_LITTLE_USAGE,
    /** Not within two years. */
    NOT_FORESEEN
  }
}
