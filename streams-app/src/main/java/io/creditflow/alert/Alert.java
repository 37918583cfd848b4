package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An alert to raise (contract section 4, alerts).
 *
 * @param alertId the same whenever the same history is judged
 * @param campaignId null unless about a campaign
 * @param grantId null unless about a grant
 * @param threshold a ratio or, for EXPIRY, days
 * @param value what was measured, in the threshold's unit; null where there is no such number
 * @param occurredAt when the threshold was crossed
 */
public record Alert(
    String alertId,
    String workspaceId,
    @Nullable String campaignId,
    @Nullable String grantId,
    AlertKind kind,
    AlertLevel level,
    double threshold,
    @Nullable Double value,
    String message,
    Instant occurredAt) {
  private static final int ID_BYTES = 16;

  /** What it is about inside the workspace: a campaign, a grant, or "" for the balance. */
  public String subject() {
    return campaignId != null ? campaignId : grantId != null ? grantId : "";
  }

  /** The same alert with what is measured now. */
  public Alert measured(AlertMeasure measure) {
    return new Alert(
        alertId,
        workspaceId,
        campaignId,
        grantId,
        kind,
        level,
        threshold,
        measure.value(),
        measure.reachedMessage(threshold),
        occurredAt);
  }

  /**
   * Hash of what makes an alert the one it is.
   *
   * @param subject what it is about inside the workspace: a campaign, a grant, or "" for the
   *     balance
   * @param arming counts how often the subject has crossed this threshold, there and back
   */
  static String id(
      String workspaceId, AlertKind kind, String subject, String threshold, long arming) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {workspaceId, kind.name(), subject, threshold, Long.toString(arming)}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // Length first: no two different lists of parts may run together into the same bytes.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** As a QUOTA, LOW_BALANCE or EXPIRY alert has it; {@code subject} is "" for the balance. */
  public static String id(
      String workspaceId, AlertKind kind, String subject, double threshold, long arming) {
    return id(workspaceId, kind, subject, plain(threshold), arming);
  }

  /**
   * As a SPIKE alert has it, whose arming number is an hour.
   *
   * @param hour in which the spike began or, of a RECOVERED, ended; counted from the epoch
   */
  public static String spikeId(String workspaceId, String campaignId, AlertLevel level, long hour) {
    return id(workspaceId, AlertKind.SPIKE, campaignId, level.name(), hour);
  }

  /** 0.8 and 30, never 30.0 or 1E-7. */
  static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
