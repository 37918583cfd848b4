package io.creditflow.query;

import java.time.Instant;
import java.util.List;

/**
 * The balance of a workspace ({@code GET /v1/workspaces/{w}/credits}). Amounts are whole credits.
 *
 * @param name null until the workspace is described
 * @param overage usage that no grant has covered; 0 or more, and 0 whenever remaining is above 0
 * @param expiresAt the earliest expiry among live grants with remaining credits; null if none
 *     expires
 * @param daysRemaining calendar days until expiresAt in the workspace's zone; null without
 *     expiresAt
 * @param period from effect to expiry of the live grant that expires first; null if no live grant
 *     expires
 * @param runway null if the query is about the past
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

  /** A half-open interval: start is included, end is not. */
  public record Period(Instant start, Instant end) {}

  /**
   * A grant and the use of its credits: amount = remaining + consumed + forfeited.
   *
   * @param expiresAt null if the grant never expires
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
   * How long the credits last at the current rate of usage, computed for the last full minute.
   *
   * @param depletesAt when the credits run out; null if that is not projected
   * @param earliest lower bound of the 80 % interval of depletesAt; null if not projected
   * @param latest upper bound of that interval; null if not projected
   * @param forfeitedAtExpiry credits of live grants that will expire unused; null if there is too
   *     little usage for a projection
   * @param reason why depletesAt is null; null if depletesAt is set
   */
  public record Runway(
      Instant depletesAt,
      Instant earliest,
      Instant latest,
      Long forfeitedAtExpiry,
      RunwayReason reason) {
    /** The runway of a workspace without credits. */
    public static final Runway NO_CREDITS =
        new Runway(null, null, null, 0L, RunwayReason.NO_CREDITS);
  }

  /** Why a runway has no end. If several reasons apply, the first in this order is given. */
  public enum RunwayReason {
    /** No live grant has remaining credits. */
    NO_CREDITS,
    TOO_LITTLE_USAGE,
    /** The credits do not run out within two years. */
    NOT_FORESEEN
  }
}
