package io.creditflow.event;

import java.time.Duration;

/**
 * How old or early a record may be when it arrives (contract section 3, rule 3).
 *
 * @param ageLimit null in backfill mode: any age is accepted, and no id is ever forgotten
 * @param reversalWait how long a reversal waits for its event
 */
public record AcceptanceRules(Duration ageLimit, Duration futureLimit, Duration reversalWait) {

  public static AcceptanceRules standard() {
    return new AcceptanceRules(Duration.ofDays(35), Duration.ofMinutes(5), Duration.ofDays(35));
  }
}
