package io.creditflow.audit;

import io.creditflow.events.CreditAlert;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids of the alerts published since an instant, and those published twice, which is a defect.
 */
final class PublishedAlertIds implements AutoCloseable {
  private final TopicTail topic;
  private final EventDecoder decoder;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> repeated = new HashSet<>();

  PublishedAlertIds(Map<String, Object> kafka, SchemaRegistry registry, Instant since) {
    topic = new TopicTail(kafka, List.of(Topics.CREDIT_ALERTS), since);
    decoder = new EventDecoder(registry);
  }

  void advance() {
    topic.advance(
        record -> {
          CreditAlert alert =
              (CreditAlert) decoder.decode(record.value(), EventType.CREDIT_ALERT).event();
          if (!ids.add(alert.getAlertId())) {
            repeated.add(alert.getAlertId());
          }
        });
  }

  Set<String> repeated() {
    return repeated;
  }

  @Override
  public void close() {
    topic.close();
  }
}
