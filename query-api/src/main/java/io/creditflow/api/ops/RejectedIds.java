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

/** Decodes the workspace id and the event id of rejected records, if possible. Not thread-safe. */
final class RejectedIds {
  private final EventDecoder decoder;
  private boolean isRegistryUnavailable;

  RejectedIds(SchemaRegistry registry) {
    this.decoder = new EventDecoder(registry);
  }

  /**
   * The ids of one record.
   *
   * @param workspaceId the id in the value, else the key; null if neither can be decoded
   * @param eventId the id in the value; null if it cannot be decoded
   */
  record Ids(String workspaceId, String eventId) {}

  /**
   * To be called before each page. If the registry is unavailable, a page waits for it only once.
   */
  void beginPage() {
    isRegistryUnavailable = false;
  }

  /**
   * @param topic the source topic; null if it is unknown
   * @param reason the reason of the rejection. A record that was rejected as UNDECODABLE is not
   *     decoded again, because each invented schema id would cause a request to the registry
   */
  Ids of(ConsumerRecord<byte[], byte[]> record, String topic, String reason) {
    boolean isDecodable = !Rejection.Reason.UNDECODABLE.name().equals(reason);
    SpecificRecord event = isDecodable ? decoded(record.value(), topic) : null;
    String inValue = event == null ? null : text(event, "workspaceId");
    return new Ids(
        inValue == null ? utf8(record.key()) : inValue,
        event == null ? null : text(event, "eventId"));
  }

  /** Decodes a value as the event type of its topic, else as any other type; null if none fits. */
  private SpecificRecord decoded(byte[] value, String topic) {
    Set<EventType> types = new LinkedHashSet<>();
    EventType.ofTopic(topic).ifPresent(types::add);
    types.addAll(Set.of(EventType.values()));
    for (EventType type : types) {
      if (isRegistryUnavailable || value == null) {
        return null;
      }
      try {
        return decoder.decode(value, type).event();
      } catch (UndecodableException e) {
        if (e.reason() != UndecodableException.Reason.WRONG_TYPE) {
          return null;
        }
      } catch (RegistryUnavailableException e) {
        isRegistryUnavailable = true;
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

  /** The key as text; null if it is empty or not UTF-8. */
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
