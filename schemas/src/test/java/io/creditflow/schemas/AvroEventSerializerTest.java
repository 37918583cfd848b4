package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.events.LeadSourced;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroEventSerializerTest {
  private static final LeadSourced LEAD = SampleEvents.leadSourced("event-1");
  private static final String TOPIC = Topics.LEAD_SOURCED;

  private FakeRegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeRegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void registersUnderTheTopicsSubjectOnce() {
    try (AvroEventSerializer serializer = serializer("true", "false")) {
      byte[] value = serializer.serialize(TOPIC, LEAD);
      serializer.serialize(TOPIC, LEAD);

      assertThat(value).startsWith(0, 0, 0, 0, 1);
      assertThat(server.requests()).containsExactly("POST /subjects/lead-sourced-value/versions");
    }
  }

  @Test
  void withoutAutoRegistrationTheSubjectMustHaveTheSchema() {
    try (AvroEventSerializer serializer = serializer("false", "false")) {
      assertThatThrownBy(() -> serializer.serialize(TOPIC, LEAD))
          .isInstanceOf(SchemaRejectedException.class)
          .hasMessageContaining("lead-sourced-value");

      server.add("lead-sourced-value", SourceSchema.of(LeadSourced.getClassSchema()).toString());

      assertThat(serializer.serialize(TOPIC, LEAD)).startsWith(0, 0, 0, 0, 1);
    }
  }

  @Test
  void theLatestVersionServesIfItIsLaidOutAlike() {
    server.add("lead-sourced-value", "\"string\"");
    try (AvroEventSerializer serializer = serializer("false", "true")) {
      assertThatThrownBy(() -> serializer.serialize(TOPIC, LEAD))
          .isInstanceOf(SchemaRejectedException.class)
          .hasMessageContaining("use.latest.version");

      String undocumented =
          SourceSchema.of(LeadSourced.getClassSchema())
              .toString()
              .replaceAll(",\"doc\":\"[^\"]*\"", "");
      server.add("lead-sourced-value", undocumented);

      assertThat(serializer.serialize(TOPIC, LEAD)).startsWith(0, 0, 0, 0, 2);
    }
  }

  @Test
  void manyThreadsMayShareOne() {
    try (AvroEventSerializer serializer = serializer("true", "false");
        AvroEventDeserializer deserializer = new AvroEventDeserializer()) {
      deserializer.configure(Map.of("schema.registry.url", server.url()), false);

      IntStream.range(0, 10_000)
          .parallel()
          .mapToObj(i -> serializer.serialize(TOPIC, SampleEvents.leadSourced("event-" + i)))
          .toList()
          .forEach(
              value ->
                  assertThat(((LeadSourced) deserializer.deserialize(TOPIC, value)).getLeadId())
                      .isEqualTo("lead-1"));
    }
  }

  @Test
  void theDeserializerSpeaksKafkasLanguage() {
    try (AvroEventDeserializer deserializer = new AvroEventDeserializer()) {
      deserializer.configure(Map.of("schema.registry.url", server.url()), false);

      assertThat(deserializer.deserialize(TOPIC, null)).isNull();
      assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {1, 2, 3, 4, 5, 6}))
          .isInstanceOf(SerializationException.class)
          .hasCauseInstanceOf(UndecodableException.class);
      assertThatThrownBy(() -> deserializer.deserialize("other", new byte[9]))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("other");
    }
  }

  @Test
  void aRegistryThatIsAwayIsTheSameFailureHereAndThereAndPasses() {
    server.fail(3, 503, "");
    Map<String, ?> configs = Map.of("schema.registry.url", server.url(), "max.retries", 0);
    HttpSchemaRegistry registry = new HttpSchemaRegistry(configs);
    EventDecoder decoder = new EventDecoder(registry);
    try (AvroEventSerializer serializer = new AvroEventSerializer(registry);
        AvroEventDeserializer deserializer = new AvroEventDeserializer(registry)) {
      assertThatThrownBy(() -> serializer.serialize(TOPIC, LEAD))
          .isInstanceOf(RegistryUnavailableException.class);
      byte[] value = new byte[] {0, 0, 0, 0, 1, 0};
      assertThatThrownBy(() -> decoder.decode(value, EventType.LEAD_SOURCED))
          .isInstanceOf(RegistryUnavailableException.class);
      assertThatThrownBy(() -> deserializer.deserialize(TOPIC, value))
          .isInstanceOf(RegistryUnavailableException.class);

      byte[] good = serializer.serialize(TOPIC, LEAD);
      assertThat(decoder.decode(good, EventType.LEAD_SOURCED).event()).isEqualTo(LEAD);
      assertThat(deserializer.deserialize(TOPIC, good)).isEqualTo(LEAD);
    }
  }

  private AvroEventSerializer serializer(String autoRegister, String useLatest) {
    AvroEventSerializer serializer = new AvroEventSerializer();
    serializer.configure(
        Map.of(
            "schema.registry.url",
            server.url(),
            "auto.register.schemas",
            autoRegister,
            "use.latest.version",
            useLatest),
        false);
    return serializer;
  }
}
