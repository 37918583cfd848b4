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
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** What contract section 5 says of a single record, before anything else is known. */
public final class Door {
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
  private static final int ID_LENGTH_MAX = 256;

  private Door() {}

  public static boolean wrongType(String topic, SpecificRecord event) {
    return event.getClass() != TYPES.get(topic);
  }

  public static boolean missingField(SpecificRecord event) {
    return ids(event).stream().anyMatch(String::isEmpty);
  }

  public static boolean invalid(SpecificRecord event) {
    return ids(event).stream().anyMatch(id -> id.codePointCount(0, id.length()) > ID_LENGTH_MAX)
        || instants(event).stream().anyMatch(at -> at.isBefore(EARLIEST) || at.isAfter(LATEST))
        || (event instanceof CreditGrant grant && granted(grant) && invalidGrant(grant))
        || (event instanceof WorkspaceChanged workspace
            && !ZoneId.getAvailableZoneIds().contains(workspace.getTimeZone()));
  }

  public static boolean tooOld(Rules rules, SpecificRecord event, Instant arrival) {
    boolean bound =
        event instanceof LeadSourced
            || event instanceof PhoneRevealed
            || event instanceof EmailSent
            || event instanceof UsageReversed;
    return bound
        && rules.ageLimit() != null
        && occurredAt(event).isBefore(arrival.minus(rules.ageLimit()));
  }

  public static boolean inFuture(Rules rules, SpecificRecord event, Instant arrival) {
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
    boolean upsideDown =
        grant.getExpiresAt() != null && !grant.getExpiresAt().isAfter(grant.getEffectiveAt());
    return grant.getAmount() < 1 || grant.getAmount() > AMOUNT_MAX || upsideDown;
  }

  private static List<String> ids(SpecificRecord event) {
    List<String> ids = new ArrayList<>();
    event.getSchema().getFields().stream()
        .filter(field -> field.name().endsWith("Id"))
        .forEach(field -> ids.add((String) event.get(field.pos())));
    return ids;
  }

  /** The instants that count: of a VOIDED record only occurredAt does. */
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
