package io.creditflow.schemas;

import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CreditAlert;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The topics with their record types and schemas (contract section 2). */
public enum EventType {
  LEAD_SOURCED(Topics.LEAD_SOURCED, LeadSourced.class, LeadSourced.getClassSchema()),
  PHONE_REVEALED(Topics.PHONE_REVEALED, PhoneRevealed.class, PhoneRevealed.getClassSchema()),
  EMAIL_SENT(Topics.EMAIL_SENT, EmailSent.class, EmailSent.getClassSchema()),
  USAGE_REVERSED(Topics.USAGE_REVERSED, UsageReversed.class, UsageReversed.getClassSchema()),
  CREDIT_GRANT(Topics.CREDIT_GRANTS, CreditGrant.class, CreditGrant.getClassSchema()),
  CAMPAIGN_CHANGED(Topics.CAMPAIGNS, CampaignChanged.class, CampaignChanged.getClassSchema()),
  WORKSPACE_CHANGED(Topics.WORKSPACES, WorkspaceChanged.class, WorkspaceChanged.getClassSchema()),
  CREDIT_ALERT(Topics.CREDIT_ALERTS, CreditAlert.class, CreditAlert.getClassSchema());

  private static final Map<String, EventType> BY_TOPIC =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::topic, Function.identity()));

  private final String topic;
  private final Class<? extends SpecificRecord> recordClass;

  @SuppressWarnings("ImmutableEnumChecker") // a generated class's schema does not change
  private final Schema schema;

  EventType(String topic, Class<? extends SpecificRecord> recordClass, Schema schema) {
    this.topic = topic;
    this.recordClass = recordClass;
    this.schema = schema;
  }

  /**
   * The record type of a topic. Empty for {@code rejected-events}, whose values may be any bytes,
   * and for topics that are not part of the contract.
   */
  public static Optional<EventType> ofTopic(String topic) {
    return Optional.ofNullable(BY_TOPIC.get(topic));
  }

  /**
   * The type of a record, by its generated class.
   *
   * @throws IllegalArgumentException if no topic carries such a record
   */
  public static EventType of(SpecificRecord event) {
    return Arrays.stream(values())
        .filter(type -> type.recordClass == event.getClass())
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("no topic has " + event));
  }

  public String topic() {
    return topic;
  }

  /** The subject in the registry: {@code <topic>-value}. */
  public String subject() {
    return WireFormat.subjectOf(topic);
  }

  public Class<? extends SpecificRecord> recordClass() {
    return recordClass;
  }

  /** The reader schema: that of the generated class. */
  public Schema schema() {
    return schema;
  }
}
