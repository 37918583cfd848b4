package io.creditflow.event;

import static io.creditflow.event.Rejection.Reason.INVALID;
import static io.creditflow.event.Rejection.Reason.IN_FUTURE;
import static io.creditflow.event.Rejection.Reason.KEY_MISMATCH;
import static io.creditflow.event.Rejection.Reason.MISSING_FIELD;
import static io.creditflow.event.Rejection.Reason.TOO_OLD;
import static io.creditflow.event.Rejection.Reason.WRONG_PARTITION;
import static io.creditflow.event.RejectionDetail.quoted;
import static io.creditflow.event.RejectionDetail.span;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.zone.TimeZones;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks a decoded record by its own content and its arrival time (contract section 5). It does not
 * check what depends on other records (CONFLICT, UNMATCHED).
 */
public final class EventValidator {
  public static final int ID_CHARACTERS_MAX = 256;
  public static final int TEXT_CHARACTERS_MAX = 4_000;
  public static final long AMOUNT_MAX = 1_000_000_000_000L;
  public static final long QUOTA_MAX = 1_000_000_000_000L;

  /** 2000-01-01T00:00:00Z: an earlier instant is a field that was not set, not a date. */
  public static final long INSTANT_MIN = 946_684_800_000L;

  /** 9999-12-31T23:59:59.999Z. */
  public static final long INSTANT_MAX = 253_402_300_799_999L;

  /**
   * The limits of a record's age on arrival (contract section 3, rule 3) and of its size (section
   * 5).
   *
   * @param ageLimit the maximum age on arrival; null in backfill mode: any age is accepted, and no
   *     id is ever forgotten
   * @param futureLimit how far occurredAt may be after the arrival
   * @param reversalWait how long a reversal waits for its usage event
   * @param recordBytesMax the maximum size of key, value and headers together, uncompressed
   */
  public record Limits(
      @Nullable Duration ageLimit,
      Duration futureLimit,
      Duration reversalWait,
      long recordBytesMax) {
    public static final long RECORD_BYTES_MAX = 16L << 20;

    /** The default limits. The settings of an instance have the same defaults. */
    public static Limits standard() {
      return new Limits(
          Duration.ofDays(35), Duration.ofMinutes(5), Duration.ofDays(35), RECORD_BYTES_MAX);
    }
  }

  private final ToIntFunction<byte[]> partitionOfKey;
  private final long ageLimitMillis;
  private final long futureLimitMillis;

  /**
   * Creates a validator.
   *
   * @param partitionOfKey computes the partition to which Kafka's default partitioner sends a key
   */
  public EventValidator(Limits rules, ToIntFunction<byte[]> partitionOfKey) {
    this.partitionOfKey = partitionOfKey;
    ageLimitMillis = rules.ageLimit() == null ? Long.MAX_VALUE : rules.ageLimit().toMillis();
    futureLimitMillis = rules.futureLimit().toMillis();
  }

  /** Checks the record's content. Returns the first rejection, or null if there is none. */
  public @Nullable Rejection checkContent(SourceRecord origin, Event event) {
    Rejection rejection = checkFields(event);
    if (rejection == null) {
      rejection = checkKey(origin, event);
    }
    return rejection == null ? checkValues(event) : rejection;
  }

  private static @Nullable Rejection checkFields(Event event) {
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

  private static @Nullable Rejection firstMissing(
      String a, String valueA, String b, String valueB) {
    Rejection missing = missing(a, valueA);
    return missing == null ? missing(b, valueB) : missing;
  }

  private static @Nullable Rejection missing(String field, String value) {
    return value.isEmpty()
        ? new Rejection(MISSING_FIELD, field + " is empty; the producer has to fill it")
        : null;
  }

  private @Nullable Rejection checkKey(SourceRecord origin, Event event) {
    byte[] key = origin.key();
    if (key == null) {
      return new Rejection(
          KEY_MISMATCH, "the record has no key; send it with its workspaceId as the key");
    }
    if (!Arrays.equals(key, event.workspaceId().getBytes(StandardCharsets.UTF_8))) {
      return new Rejection(
          KEY_MISMATCH,
          "the key is %s, the value's workspaceId %s; send it with its workspaceId as the key"
              .formatted(
                  quoted(new String(key, StandardCharsets.UTF_8)), quoted(event.workspaceId())));
    }
    int expected = partitionOfKey.applyAsInt(key);
    return expected == origin.partition() ? null : wrongPartition(expected, origin.partition());
  }

  private static Rejection wrongPartition(int expected, int actual) {
    return new Rejection(
        WRONG_PARTITION,
        "murmur2 of the key puts it on partition %d, not %d. The producer must partition as Kafka's"
                .formatted(expected, actual)
            + " own does: librdkafka partitioner=murmur2_random; kafkajs createPartitioner:"
            + " Partitioners.JavaCompatiblePartitioner; Sarama Producer.Partitioner ="
            + " sarama.NewCustomPartitioner(sarama.WithAbsFirst(),"
            + " sarama.WithCustomHashFunction(murmur2)). Then bin/creditflow redrive counts it");
  }

  private static @Nullable Rejection checkValues(Event event) {
    Rejection invalid = id("eventId", event.eventId());
    if (invalid == null) {
      invalid = workspaceId(event.workspaceId());
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
      return first(id("reversedEventId", e.getReversedEventId()), text("reason", e.getReason()));
    } else if (event.body() instanceof CreditGrant e) {
      return first(id("grantId", e.getGrantId()), first(text("reason", e.getReason()), grant(e)));
    } else if (event.body() instanceof CampaignChanged e) {
      return first(
          first(id("campaignId", e.getCampaignId()), text("name", e.getName())),
          first(
              quota(e.getQuota()),
              first(instant("startsAt", e.getStartsAt()), instant("endsAt", e.getEndsAt()))));
    } else if (event.body() instanceof WorkspaceChanged e) {
      return first(text("name", e.getName()), zone(e.getTimeZone()));
    }
    return null;
  }

  private static @Nullable Rejection first(@Nullable Rejection a, @Nullable Rejection b) {
    return a == null ? b : a;
  }

  private static @Nullable Rejection workspaceId(String id) {
    return id.equals(".") || id.equals("..")
        ? invalid("workspaceId '%s' cannot stand in an address; choose another".formatted(id))
        : id("workspaceId", id);
  }

  private static @Nullable Rejection id(String field, String value) {
    return atMost(field, value, ID_CHARACTERS_MAX);
  }

  private static @Nullable Rejection text(String field, @Nullable String value) {
    return value == null ? null : atMost(field, value, TEXT_CHARACTERS_MAX);
  }

  private static @Nullable Rejection atMost(String field, String value, int charactersMax) {
    if (value.length() <= charactersMax) {
      return null;
    }
    int characters = value.codePointCount(0, value.length());
    return characters <= charactersMax
        ? null
        : invalid(
            "%s has %d characters, %d at most; shorten it"
                .formatted(field, characters, charactersMax));
  }

  private static @Nullable Rejection quota(@Nullable Long quota) {
    return quota == null || (quota >= 0 && quota <= QUOTA_MAX)
        ? null
        : invalid("quota %d is not between 0 and 10^12; null means none".formatted(quota));
  }

  private static @Nullable Rejection instant(String field, @Nullable Instant value) {
    return value == null ? null : instant(field, value.toEpochMilli());
  }

  private static @Nullable Rejection instant(String field, long millis) {
    return millis >= INSTANT_MIN && millis <= INSTANT_MAX
        ? null
        : invalid(
            "%s %d is not between the years 2000 and 9999, in milliseconds since 1970"
                .formatted(field, millis));
  }

  private static @Nullable Rejection grant(CreditGrant grant) {
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
        ? invalid(
            "expiresAt %s is not after effectiveAt %s"
                .formatted(grant.getExpiresAt(), grant.getEffectiveAt()))
        : null;
  }

  private static @Nullable Rejection zone(String timeZone) {
    return TimeZones.inUse().has(timeZone)
        ? null
        : invalid(
            "timeZone %s is not an id of the tz database, release %s, such as Europe/Berlin"
                .formatted(quoted(timeZone), TimeZones.inUse().release()));
  }

  private static Rejection invalid(String detail) {
    return new Rejection(INVALID, detail);
  }

  /** Checks the record's age on arrival. Returns null if the age is within the limits. */
  public @Nullable Rejection checkAge(SourceRecord origin, Event event) {
    long age = origin.appendedAt() - event.occurredAt();
    boolean grant = event.body() instanceof CreditGrant;
    boolean version =
        event.body() instanceof CampaignChanged || event.body() instanceof WorkspaceChanged;
    if (!grant && !version && age > ageLimitMillis) {
      return new Rejection(
          TOO_OLD,
          "%s before its arrival; the limit is %s. Send usage sooner, or load the past with"
                  .formatted(distance(origin, event), span(ageLimitMillis))
              + " creditflow.backfill=true");
    }
    if (!grant && -age > futureLimitMillis) {
      return new Rejection(
          IN_FUTURE,
          "%s after its arrival; the limit is %s. Compare the producer's clock, and the broker's,"
                  .formatted(distance(origin, event), span(futureLimitMillis))
              + " with the time of day");
    }
    return null;
  }

  private static String distance(SourceRecord origin, Event event) {
    return "occurredAt %s is %s"
        .formatted(
            Instant.ofEpochMilli(event.occurredAt()),
            span(Math.abs(origin.appendedAt() - event.occurredAt())));
  }
}
