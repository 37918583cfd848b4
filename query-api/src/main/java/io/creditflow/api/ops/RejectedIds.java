package io.creditflow.api.ops;

import io.creditflow.event.Rejection;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.RegistryUnavailableException;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The ids of rejected records, as far as they can be read. Not thread-safe. */
final class RejectedIds {
  private final EventDecoder decoder;
  private boolean isRegistryAway;

  RejectedIds(SchemaRegistry registry) {
    this.decoder = new EventDecoder(registry);
  }

  /**
   * The ids of one record.
   *
   * @param workspaceId the value's, else the key; null if neither can be read
   * @param eventId null if it cannot be read
   */
  record Ids(String workspaceId, String eventId) {}

  /** To be called before each page: a registry that is away is waited for once a page. */
  void beginPage() {
    isRegistryAway = false;
  }

  /**
   * @param topic where the record came from; null if that is not known
   * @param reason why it was rejected: what could not be decoded then is not tried again, as each
   *     made-up schema id would have to be asked for
   */
  Ids of(ConsumerRecord<byte[], byte[]> record, String topic, String reason) {
    boolean isDecodable = !Rejection.Reason.UNDECODABLE.name().equals(reason);
    SpecificRecord event = isDecodable ? decoded(record.value(), topic) : null;
    String inValue = event == null ? null : text(event, "workspaceId");
    return new Ids(
        inValue == null ? utf8(record.key()) : inValue,
        event == null ? null : text(event, "eventId"));
  }

  /** By the record of its topic, else, as one of another type may be there, by any other. */
  private SpecificRecord decoded(byte[] value, String topic) {
    Set<EventType> types = new LinkedHashSet<>();
    EventType.ofTopic(topic).ifPresent(types::add);
    types.addAll(Set.of(EventType.values()));
    for (EventType type : types) {
      if (isRegistryAway || value == null) {
        return null;
      }
      try {
        return decoder.decode(value, type).event();
      } catch (UndecodableException e) {
        if (e.reason() != UndecodableException.Reason.WRONG_TYPE) {
          return null;
        }
      } catch (RegistryUnavailableException e) {
        isRegistryAway = true;
      }
    }
    return null;
  }

  private static String text(SpecificRecord event, String field) {
    if (event.getSchema().getField(field) == null) {
      return null;
    }
    Object value = event.get(event.getSchema().getField(field).pos());
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  /** Null if it is no text. */
  private static String utf8(byte[] key) {
    try {
      return key == null || key.length == 0
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
