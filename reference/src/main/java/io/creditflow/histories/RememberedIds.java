package io.creditflow.histories;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.reference.ReferenceValidation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tracks which event ids the product must still know. The contract sets a minimum retention of ids
 * but no maximum, so the generator makes no record whose outcome depends on an id that may or may
 * not be retained.
 */
final class RememberedIds {
  private final ReferenceRules rules;
  private final Map<String, Instant> firstArrivals = new HashMap<>();
  private final Set<String> idsWithRetention = new HashSet<>();

  RememberedIds(ReferenceRules rules) {
    this.rules = rules;
  }

  void note(SpecificRecord event, Instant arrival) {
    String id = ReferenceValidation.eventId(event);
    firstArrivals.putIfAbsent(id, arrival);
    if (!keptForever(event)) {
      idsWithRetention.add(id);
    }
  }

  boolean delivered(String id) {
    return firstArrivals.containsKey(id);
  }

  /** Whether the contract alone determines the record's outcome on arrival. */
  boolean settles(SpecificRecord event, Instant arrival) {
    boolean own =
        certain(ReferenceValidation.eventId(event), arrival)
            || ReferenceValidation.tooOld(rules, event, arrival);
    return own
        && (!(event instanceof UsageReversed reversal)
            || certain(reversal.getReversedEventId(), arrival));
  }

  /**
   * Whether it is certain at {@code arrival} if the id is known: the product must still retain it,
   * or it never arrived.
   */
  boolean certain(String id, Instant arrival) {
    Instant first = firstArrivals.get(id);
    if (first == null || rules.ageLimit() == null || !idsWithRetention.contains(id)) {
      return true;
    }
    Duration kept = rules.ageLimit().plus(rules.futureLimit()).plusHours(1);
    return !arrival.isAfter(first.plus(kept));
  }

  private static boolean keptForever(SpecificRecord event) {
    return event instanceof CreditGrant
        || event instanceof CampaignChanged
        || event instanceof WorkspaceChanged;
  }
}
