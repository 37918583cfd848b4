package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroRoundTripTest {
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final AvroEventSerializer serializer = new AvroEventSerializer(registry);
  private final EventDecoder decoder = new EventDecoder(registry);

  @ParameterizedTest
  @EnumSource
  void everyRecordComesBackAsItWas(EventType type) {
    SpecificRecord sent = SampleEvents.of(type);

    byte[] value = serializer.serialize(type.topic(), sent);
    DecodedEvent decoded = decoder.decode(value, type);

    assertThat(decoded.event()).isEqualTo(sent).isInstanceOf(type.recordClass());
    assertThat(decoded.fingerprint()).isEqualTo(ContentFingerprint.of(sent));
    try (AvroEventDeserializer deserializer = new AvroEventDeserializer(registry)) {
      assertThat(deserializer.deserialize(type.topic(), value)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRecordOfTheContractIsFlatSoThatNoneNeedsAShapeCheck(EventType type) {
    assertThat(AvroBytesValidator.isFlat(type.schema())).isTrue();
  }
}
