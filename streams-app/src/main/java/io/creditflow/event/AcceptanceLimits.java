package io.creditflow.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How old or early a record may be when it arrives (contract section 3, rule 3), and how large
 * (section 5). {@link EventValidator} applies them.
 *
 * @param ageLimit null in backfill mode: any age is accepted, and no id is ever forgotten
 * @param reversalWait how long a reversal waits for its event
 * @param recordBytesMax of key, value and headers, unpacked
 */
public record AcceptanceLimits(
    @Nullable Duration ageLimit, Duration futureLimit, Duration reversalWait, long recordBytesMax) {
  public static final long RECORD_BYTES_MAX = 16L << 20;

  /** As shipped. A running instance takes them from its settings, which have the same defaults. */
  public static AcceptanceLimits standard() {
    return new AcceptanceLimits(
        Duration.ofDays(35), Duration.ofMinutes(5), Duration.ofDays(35), RECORD_BYTES_MAX);
  }
}
