package io.creditflow.streams;

import io.creditflow.events.CreditAlert;
import io.creditflow.schemas.EventDecoder;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.schemas.Topics;
import io.creditflow.schemas.UndecodableException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Reads the ids of all alerts on {@code credit-alerts}, so that a replay under a new application id
 * neither publishes an alert twice nor reuses the id of a published alert for another alert. An id
 * takes about 100 bytes of memory.
 */
final class PublishedAlerts {
  private PublishedAlerts() {}

  static Set<String> read(
      PipelineSettings settings, SchemaRegistry registry, RegistryOutageWait wait) {
    Map<String, Object> properties = settings.client();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Set<String> ids = new HashSet<>();
    EventDecoder decoder = new EventDecoder(registry);
    TopicReader.read(
        properties,
        Topics.CREDIT_ALERTS,
        record -> {
          try {
            CreditAlert alert =
                (CreditAlert)
                    wait.until(() -> decoder.decode(record.value(), EventType.CREDIT_ALERT))
                        .event();
            ids.add(alert.getAlertId());
          } catch (UndecodableException foreign) {
            // The record is not one of our alerts, so it cannot be published twice.
          }
        });
    return Set.copyOf(ids);
  }
}
