package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * An alert to raise (contract section 4, alerts).
 *
 * @param alertId the same whenever the same history is judged
 * @param campaignId null unless about a campaign
 * @param threshold a ratio or, for EXPIRY, days
 * @param value what was measured, in the threshold's unit
 * @param occurredAt when the threshold was crossed
 */
public record Alert(
    String alertId,
    String workspaceId,
    String campaignId,
    AlertKind kind,
    AlertLevel level,
    double threshold,
    double value,
    String message,
    Instant occurredAt) {
  private static final int ID_BYTES = 16;

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

  /** 0.8 and 30, never 30.0 or 1E-7. */
  static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
