package io.creditflow.alert;

import io.creditflow.events.AlertKind;
import io.creditflow.events.AlertLevel;
import io.creditflow.events.CreditAlert;
import io.creditflow.state.RowKey;
import io.creditflow.state.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is about (contract section 4, alerts).
 *
 * @param id the id of the campaign (QUOTA, SPIKE) or of the grant (EXPIRY); "" for the balance
 */
public record AlertSubject(String workspaceId, AlertKind kind, String id) {
  private static final int ID_BYTES = 16;

  /** The subject of an alert. */
  public static AlertSubject of(CreditAlert alert) {
    String campaignId = alert.getCampaignId();
    String grantId = alert.getGrantId();
    String id = campaignId != null ? campaignId : grantId != null ? grantId : "";
    return new AlertSubject(alert.getWorkspaceId(), alert.getKind(), id);
  }

  /** The subject whose state a row holds. */
  public static AlertSubject ofStateKey(byte[] key) {
    RowKey.Parser parts = RowKey.parts(key);
    return new AlertSubject(parts.text(), AlertKind.valueOf(parts.text()), parts.text());
  }

  /** The key of the subject's {@link AlertState}; for a SPIKE of its {@link SpikeState}. */
  public byte[] stateKey() {
    return RowKey.of(Table.ALERT_STATE, workspaceId).text(kind.name()).text(id).bytes();
  }

  /**
   * The id of a QUOTA, LOW_BALANCE or EXPIRY alert.
   *
   * @param arming how often the subject has crossed this threshold, in both directions
   */
  public String alertId(double threshold, long arming) {
    return hash(plain(threshold), arming);
  }

  /**
   * The id of a SPIKE alert. An hour takes the place of the arming number.
   *
   * @param hour the hour in which the spike began or, for RECOVERED, ended; hours since 1970
   */
  public String spikeId(AlertLevel level, long hour) {
    return hash(level.name(), hour);
  }

  /** Equal each time the same history is evaluated. */
  private String hash(String threshold, long arming) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {workspaceId, kind.name(), id, threshold, Long.toString(arming)}) {
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

  /**
   * An alert about this subject.
   *
   * @param threshold a ratio; for EXPIRY a number of days
   * @param value the measured value in the threshold's unit; null if there is none
   * @param occurredAt when the threshold was crossed
   */
  public CreditAlert alert(
      String alertId,
      AlertLevel level,
      double threshold,
      @Nullable Double value,
      String message,
      Instant occurredAt) {
    return new CreditAlert(
        alertId,
        workspaceId,
        kind == AlertKind.QUOTA || kind == AlertKind.SPIKE ? id : null,
        kind == AlertKind.EXPIRY ? id : null,
        kind,
        level,
        threshold,
        value,
        message,
        occurredAt);
  }

  /** Formats a number without exponent and trailing zeros: 0.8 and 30, never 30.0 or 1E-7. */
  private static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
