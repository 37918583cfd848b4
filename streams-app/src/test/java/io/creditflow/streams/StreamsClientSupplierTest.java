package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

class StreamsClientSupplierTest {
  private final StreamsClientSupplier clients = new StreamsClientSupplier();

  @Test
  void nothingIsBegunAfterAnAbort() {
    Producer<byte[], byte[]> producer = clients.getProducer(producer("thread-1-producer"));

    var unused = catchThrowable(producer::abortTransaction); // there is no broker to tell

    assertThatThrownBy(producer::beginTransaction).isInstanceOf(ProducerFencedException.class);
    producer.close(Duration.ZERO);
  }

  @Test
  void clientsOfNoKnownThreadAreRefused() {
    assertThatThrownBy(() -> clients.getProducer(producer("somebody")))
        .hasMessageContaining("somebody");
  }

  private static Map<String, Object> producer(String clientId) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        "127.0.0.1:1",
        ProducerConfig.CLIENT_ID_CONFIG,
        clientId,
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        "test");
  }
}
