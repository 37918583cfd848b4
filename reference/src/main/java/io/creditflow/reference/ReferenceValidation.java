package io.creditflow.reference;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.schemas.Topics;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** The checks of contract section 5 that need only the record itself. */
public final class ReferenceValidation {
  private static final Map<String, Class<? extends SpecificRecord>> TYPES =
      Map.of(
          Topics.LEAD_SOURCED, LeadSourced.class,
          Topics.PHONE_REVEALED, PhoneRevealed.class,
          Topics.EMAIL_SENT, EmailSent.class,
          Topics.USAGE_REVERSED, UsageReversed.class,
          Topics.CREDIT_GRANTS, CreditGrant.class,
          Topics.CAMPAIGNS, CampaignChanged.class,
          Topics.WORKSPACES, WorkspaceChanged.class);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final long AMOUNT_MAX = 1_000_000_000_000L;
  private static final long QUOTA_MAX = 1_000_000_000_000L;
  private static final int ID_LENGTH_MAX = 256;
  private static final int TEXT_LENGTH_MAX = 4_000;

  private ReferenceValidation() {}

  public static boolean wrongType(String topic, SpecificRecord event) {
    return event.getClass() != TYPES.get(topic);
  }

  public static boolean missingField(SpecificRecord event) {
    return ids(event).stream().anyMatch(String::isEmpty);
  }

  public static boolean invalid(SpecificRecord event) {
    return ids(event).stream().anyMatch(id -> length(id) > ID_LENGTH_MAX)
        || workspaceId(event).matches("\\.\\.?")
        || texts(event).stream().anyMatch(text -> length(text) > TEXT_LENGTH_MAX)
        || instants(event).stream().anyMatch(at -> at.isBefore(EARLIEST) || at.isAfter(LATEST))
        || (event instanceof CreditGrant grant && granted(grant) && invalidGrant(grant))
        || (event instanceof CampaignChanged campaign && invalidQuota(campaign.getQuota()))
        || (event instanceof WorkspaceChanged workspace
            && !TimeZones.inUse().has(workspace.getTimeZone()));
  }

  public static boolean tooOld(ReferenceRules rules, SpecificRecord event, Instant arrival) {
    boolean hasAgeLimit =
        event instanceof LeadSourced
            || event instanceof PhoneRevealed
            || event instanceof EmailSent
            || event instanceof UsageReversed;
    return hasAgeLimit
        && rules.ageLimit() != null
        && occurredAt(event).isBefore(arrival.minus(rules.ageLimit()));
  }

  public static boolean inFuture(ReferenceRules rules, SpecificRecord event, Instant arrival) {
    return !(event instanceof CreditGrant)
        && occurredAt(event).isAfter(arrival.plus(rules.futureLimit()));
  }

  public static boolean granted(CreditGrant grant) {
    return grant.getAction() == GrantAction.GRANTED;
  }

  public static boolean isUsage(SpecificRecord event) {
    return event instanceof LeadSourced || event instanceof PhoneRevealed;
  }

  public static String eventId(SpecificRecord event) {
    return (String) event.get(event.getSchema().getField("eventId").pos());
  }

  public static String workspaceId(SpecificRecord event) {
    return (String) event.get(event.getSchema().getField("workspaceId").pos());
  }

  public static Instant occurredAt(SpecificRecord event) {
    return (Instant) event.get(event.getSchema().getField("occurredAt").pos());
  }

  private static boolean invalidGrant(CreditGrant grant) {
    boolean endsBeforeItBegins =
        grant.getExpiresAt() != null && !grant.getExpiresAt().isAfter(grant.getEffectiveAt());
    return grant.getAmount() < 1 || grant.getAmount() > AMOUNT_MAX || endsBeforeItBegins;
  }

  private static boolean invalidQuota(Long quota) {
    return quota != null && (quota < 0 || quota > QUOTA_MAX);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static List<String> ids(SpecificRecord event) {
    return strings(event, name -> name.endsWith("Id"));
  }

  private static List<String> texts(SpecificRecord event) {
    return strings(event, Set.of("name", "reason")::contains);
  }

  private static List<String> strings(SpecificRecord event, Predicate<String> fields) {
    return event.getSchema().getFields().stream()
        .filter(field -> fields.test(field.name()))
        .map(field -> (String) event.get(field.pos()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The instants to validate. Of a VOIDED record, only occurredAt is validated. */
  private static List<Instant> instants(SpecificRecord event) {
    if (event instanceof CreditGrant grant && !granted(grant)) {
      return List.of(grant.getOccurredAt());
    }
    return event.getSchema().getFields().stream()
        .map(field -> event.get(field.pos()))
        .filter(Objects::nonNull)
        .filter(Instant.class::isInstance)
        .map(Instant.class::cast)
        .toList();
  }
}
