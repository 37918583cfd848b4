package io.creditflow.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamsClientIdTest {
  @Test
  void aMembersClientIdTellsWhereItsInstanceIs() {
    String id = StreamsClientId.of("credit@flow-StreamThread-1", "host-1.example:8090");

    assertThat(StreamsClientId.addressIn(id + "-StreamThread-12-consumer"))
        .isEqualTo("host-1.example:8090");
    assertThat(StreamsClientId.addressIn("creditflow-6a1f-StreamThread-1-consumer")).isNull();
  }
}
