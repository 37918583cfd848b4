package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ours and Confluent's serde read each other, through one registry that both register with. */
@Tag("system")
class ConfluentCompatibilityTest {
  /** A topic that only we have registered for. */
  private static final String OURS = "ours-";

  @TempDir private static Path dir;
  private static FakeRegistryServer server;
  private static HttpSchemaRegistry registry;
  private static AvroEventSerializer serializer;

  /** The genuine one's answers, in the order of {@link #runTheGenuineOne}. */
  private static List<String> read;

  private static List<String> written;
  private static List<String> writtenWithoutRegistering;
  private static List<String> requestsOfTheGenuineOne;

  /** One JVM for all tests here: it costs seconds to start. */
  @BeforeAll
  static void runTheGenuineOne() throws Exception {
    server = new FakeRegistryServer();
    registry = new HttpSchemaRegistry(Map.of("schema.registry.url", server.url()));
    serializer = new AvroEventSerializer(registry);
    List<String> commands = new ArrayList<>();
    for (EventType type : EventType.values()) {
      byte[] value = serializer.serialize(OURS + type.topic(), SampleEvents.of(type));
      commands.add("deserialize\t" + type.topic() + "\t" + HexFormat.of().formatHex(value));
    }
    commands.addAll(serializeSamples(""));
    commands.add("configure\tauto.register.schemas\tfalse");
    commands.addAll(serializeSamples(OURS));
    int ours = server.requests().size();

    List<String> answers =
        ConfluentSerializerProcess.answers(
            dir, List.of("schema.registry.url=" + server.url()), commands);

    int types = EventType.values().length;
    assertThat(answers).hasSize(3 * types + 1).last().isEqualTo("sent\t0");
    read = answers.subList(0, types);
    written = answers.subList(types, 2 * types);
    writtenWithoutRegistering = answers.subList(2 * types, 3 * types);
    requestsOfTheGenuineOne = server.requests().subList(ours, server.requests().size());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void oursReadsWhatTheGenuineSerializerWrites() {
    List<String> values = new ArrayList<>(written);
    EventDecoder decoder = new EventDecoder(registry);
    for (EventType type : EventType.values()) {
      byte[] value = HexFormat.of().parseHex(values.remove(0).replace("value\t", ""));
      SpecificRecord sample = SampleEvents.of(type);

      assertThat(decoder.decode(value, type))
          .isEqualTo(new DecodedEvent(sample, ContentFingerprint.of(sample)));
      // Byte for byte, schema id included: both registered one and the same schema.
      assertThat(serializer.serialize(type.topic(), sample)).isEqualTo(value);
    }
  }

  @Test
  void theGenuineSerializerRegistersItsSchemasAndOursFindsThem() {
    for (int i = 0; i < EventType.values().length; i++) {
      EventType type = EventType.values()[i];
      assertThat(requestsOfTheGenuineOne)
          .contains("POST /subjects/" + type.subject() + "/versions");
      byte[] value = HexFormat.of().parseHex(written.get(i).replace("value\t", ""));
      assertThat(registry.lookUp(type.subject(), type.schema()))
          .isEqualTo(WireFormat.schemaId(value));
    }
  }

  @Test
  void theGenuineDeserializerReadsWhatOursWrites() throws IOException {
    List<String> expected = new ArrayList<>();
    for (EventType type : EventType.values()) {
      expected.add("record\t" + type.schema().getFullName() + "\t" + json(SampleEvents.of(type)));
    }
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void aProducerThatMayNotRegisterUsesWhatWeRegistered() {
    assertThat(writtenWithoutRegistering).isEqualTo(written);
    assertThat(requestsOfTheGenuineOne)
        .contains("POST /subjects/" + OURS + "lead-sourced-value")
        .noneMatch(request -> request.matches("POST .*/" + OURS + ".*/versions"));
  }

  private static List<String> serializeSamples(String prefix) throws IOException {
    List<String> commands = new ArrayList<>();
    for (EventType type : EventType.values()) {
      String topic = prefix + type.topic();
      commands.add("schema\t" + topic + "\t" + SourceSchema.of(type.schema()));
      commands.add("serialize\t" + topic + "\t" + json(SampleEvents.of(type)));
    }
    return commands;
  }

  /** A record in Avro's JSON encoding. */
  private static String json(SpecificRecord event) throws IOException {
    Schema schema = SourceSchema.of(event.getSchema());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
    new SpecificDatumWriter<SpecificRecord>(schema, EventDataModel.MODEL).write(event, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }
}
