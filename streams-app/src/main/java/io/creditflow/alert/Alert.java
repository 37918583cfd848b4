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
 * @param alertId equal each time the same history is evaluated
 * @param campaignId null unless the alert is about a campaign
 * @param grantId null unless the alert is about a grant
 * @param threshold a ratio; for EXPIRY a number of days
 * @param value the measured value in the threshold's unit; null if there is none
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

  /** The id of the campaign or grant that the alert is about; "" for the balance. */
  public String subject() {
    return campaignId != null ? campaignId : grantId != null ? grantId : "";
  }

  /** This alert with the current value and message. */
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
   * The alert's id: a hash of the values that identify the alert.
   *
   * @param subject the id of the campaign or grant that the alert is about; "" for the balance
   * @param arming how often the subject has crossed this threshold, in both directions
   */
  static String id(
      String workspaceId, AlertKind kind, String subject, String threshold, long arming) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {workspaceId, kind.name(), subject, threshold, Long.toString(arming)}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length comes first, so that different parts never give the same bytes.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The id of a QUOTA, LOW_BALANCE or EXPIRY alert; {@code subject} is "" for the balance. */
  public static String id(
      String workspaceId, AlertKind kind, String subject, double threshold, long arming) {
    return id(workspaceId, kind, subject, plain(threshold), arming);
  }

  /**
   * The id of a SPIKE alert. An hour takes the place of the arming number.
   *
   * @param hour the hour in which the spike began or, for RECOVERED, ended; hours since 1970
   */
  public static String spikeId(String workspaceId, String campaignId, AlertLevel level, long hour) {
    return id(workspaceId, AlertKind.SPIKE, campaignId, level.name(), hour);
  }

  /** Formats a number without exponent and trailing zeros: 0.8 and 30, never 30.0 or 1E-7. */
  static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
