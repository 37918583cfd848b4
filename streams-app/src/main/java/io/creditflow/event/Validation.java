package io.creditflow.event;

import static io.creditflow.event.Rejection.Reason.INVALID;
import static io.creditflow.event.Rejection.Reason.IN_FUTURE;
import static io.creditflow.event.Rejection.Reason.KEY_MISMATCH;
import static io.creditflow.event.Rejection.Reason.MISSING_FIELD;
import static io.creditflow.event.Rejection.Reason.TOO_OLD;
import static io.creditflow.event.Rejection.Reason.WRONG_PARTITION;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Whether a decoded record may be counted, judged by itself and its arrival alone; what depends on
 * other records (CONFLICT, UNMATCHED) is judged after. Contract section 5.
 */
public final class Validation {
  public static final int ID_CHARACTERS_MAX = 256;
  public static final long AMOUNT_MAX = 1_000_000_000_000L;

  /** 2000-01-01T00:00:00Z: an instant before it is an unset field, not a date. */
  public static final long INSTANT_MIN = 946_684_800_000L;

  /** 9999-12-31T23:59:59.999Z. */
  public static final long INSTANT_MAX = 253_402_300_799_999L;

  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private final ToIntFunction<byte[]> partitionOfKey;
  private final long ageLimitMillis;
  private final long futureLimitMillis;

  /**
   * Judges by these rules.
   *
   * @param partitionOfKey where Kafka's own partitioner puts a key
   */
  public Validation(AcceptanceRules rules, ToIntFunction<byte[]> partitionOfKey) {
    this.partitionOfKey = partitionOfKey;
    ageLimitMillis = rules.ageLimit() == null ? Long.MAX_VALUE : rules.ageLimit().toMillis();
    futureLimitMillis = rules.futureLimit().toMillis();
  }

  /** The first reason against the record itself, or null if there is none. */
  public Rejection checkContent(Origin origin, Event event) {
    Rejection rejection = checkFields(event);
    if (rejection == null) {
      rejection = checkKey(origin, event);
    }
    return rejection == null ? checkValues(event) : rejection;
  }

  private static Rejection checkFields(Event event) {
    Rejection missing = missing("eventId", event.eventId());
    if (missing == null) {
      missing = missing("workspaceId", event.workspaceId());
    }
    if (missing != null) {
      return missing;
    }
    if (event.body() instanceof LeadSourced e) {
      return firstMissing("campaignId", e.getCampaignId(), "leadId", e.getLeadId());
    } else if (event.body() instanceof PhoneRevealed e) {
      return firstMissing("campaignId", e.getCampaignId(), "leadId", e.getLeadId());
    } else if (event.body() instanceof EmailSent e) {
      return firstMissing("campaignId", e.getCampaignId(), "leadId", e.getLeadId());
    } else if (event.body() instanceof UsageReversed e) {
      return missing("reversedEventId", e.getReversedEventId());
    } else if (event.body() instanceof CreditGrant e) {
      return missing("grantId", e.getGrantId());
    } else if (event.body() instanceof CampaignChanged e) {
      return missing("campaignId", e.getCampaignId());
    }
    return null;
  }

  private static Rejection firstMissing(String a, String valueA, String b, String valueB) {
    Rejection missing = missing(a, valueA);
    return missing == null ? missing(b, valueB) : missing;
  }

  private static Rejection missing(String field, String value) {
    return value.isEmpty() ? new Rejection(MISSING_FIELD, field + " is empty") : null;
  }

  private Rejection checkKey(Origin origin, Event event) {
    byte[] key = origin.key();
    if (key == null) {
      return new Rejection(KEY_MISMATCH, "the record has no key; it must be the workspaceId");
    }
    if (!Arrays.equals(key, event.workspaceId().getBytes(StandardCharsets.UTF_8))) {
      return new Rejection(KEY_MISMATCH, "the key is not the workspaceId in the value");
    }
    int right = partitionOfKey.applyAsInt(key);
    return right == origin.partition()
        ? null
        : new Rejection(
            WRONG_PARTITION,
            "murmur2 of the key puts it on partition %d, not %d; use partitioner=murmur2_random"
                .formatted(right, origin.partition()));
  }

  private static Rejection checkValues(Event event) {
    Rejection invalid = id("eventId", event.eventId());
    if (invalid == null) {
      invalid = id("workspaceId", event.workspaceId());
    }
    if (invalid == null) {
      invalid = instant("occurredAt", event.occurredAt());
    }
    if (invalid != null) {
      return invalid;
    }
    if (event.body() instanceof LeadSourced e) {
      return first(id("campaignId", e.getCampaignId()), id("leadId", e.getLeadId()));
    } else if (event.body() instanceof PhoneRevealed e) {
      return first(id("campaignId", e.getCampaignId()), id("leadId", e.getLeadId()));
    } else if (event.body() instanceof EmailSent e) {
      return first(id("campaignId", e.getCampaignId()), id("leadId", e.getLeadId()));
    } else if (event.body() instanceof UsageReversed e) {
      return id("reversedEventId", e.getReversedEventId());
    } else if (event.body() instanceof CreditGrant e) {
      return first(id("grantId", e.getGrantId()), grant(e));
    } else if (event.body() instanceof CampaignChanged e) {
      return first(
          id("campaignId", e.getCampaignId()),
          first(instant("startsAt", e.getStartsAt()), instant("endsAt", e.getEndsAt())));
    } else if (event.body() instanceof WorkspaceChanged e) {
      return zone(e.getTimeZone());
    }
    return null;
  }

  private static Rejection first(Rejection a, Rejection b) {
    return a == null ? b : a;
  }

  private static Rejection id(String field, String value) {
    return value.length() <= ID_CHARACTERS_MAX
            || value.codePointCount(0, value.length()) <= ID_CHARACTERS_MAX
        ? null
        : invalid(field + " is longer than " + ID_CHARACTERS_MAX + " characters");
  }

  private static Rejection instant(String field, Instant value) {
    return value == null ? null : instant(field, value.toEpochMilli());
  }

  private static Rejection instant(String field, long millis) {
    return millis >= INSTANT_MIN && millis <= INSTANT_MAX
        ? null
        : invalid(field + " is not between the years 2000 and 9999");
  }

  private static Rejection grant(CreditGrant grant) {
    if (grant.getAction() == GrantAction.VOIDED) {
      return null;
    }
    if (grant.getAmount() < 1 || grant.getAmount() > AMOUNT_MAX) {
      return invalid("amount %d is not between 1 and 10^12".formatted(grant.getAmount()));
    }
    Rejection bounds =
        first(
            instant("effectiveAt", grant.getEffectiveAt()),
            instant("expiresAt", grant.getExpiresAt()));
    if (bounds != null) {
      return bounds;
    }
    return grant.getExpiresAt() != null && !grant.getExpiresAt().isAfter(grant.getEffectiveAt())
        ? invalid("expiresAt is not after effectiveAt")
        : null;
  }

  private static Rejection zone(String timeZone) {
    // Offsets such as +02:00 would parse, but are no IANA ids.
    return ZONES.contains(timeZone)
        ? null
        : invalid("timeZone '%s' is not an IANA time zone".formatted(timeZone));
  }

  private static Rejection invalid(String detail) {
    return new Rejection(INVALID, detail);
  }

  /** What speaks against the time at which the record arrived, or null if nothing does. */
  public Rejection checkAge(Origin origin, Event event) {
    long age = origin.appendedAt() - event.occurredAt();
    boolean grant = event.body() instanceof CreditGrant;
    boolean picture =
        event.body() instanceof CampaignChanged || event.body() instanceof WorkspaceChanged;
    if (!grant && !picture && age > ageLimitMillis) {
      return new Rejection(
          TOO_OLD,
          "occurredAt is %s before its arrival; the limit is %s"
              .formatted(Duration.ofMillis(age), Duration.ofMillis(ageLimitMillis)));
    }
    if (!grant && -age > futureLimitMillis) {
      return new Rejection(
          IN_FUTURE,
          "occurredAt is %s after its arrival; the limit is %s"
              .formatted(Duration.ofMillis(-age), Duration.ofMillis(futureLimitMillis)));
    }
    return null;
  }
}
