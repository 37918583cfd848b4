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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ours and Confluent's serde read each other, through one registry that both register with. */
class GenuineSerializerTest {
  @TempDir private Path dir;

  @Test
  void oursReadsWhatTheGenuineSerializerWrites() throws Exception {
    try (RegistryServer server = new RegistryServer()) {
      List<String> values = new ArrayList<>();
      for (String answer : genuine(server, List.of(), everySample())) {
        values.add(answer.substring(answer.indexOf('\t') + 1));
      }
      EventDecoder decoder = new EventDecoder(registry(server));
      for (EventType type : EventType.values()) {
        byte[] value = HexFormat.of().parseHex(values.remove(0));
        SpecificRecord sample = Samples.of(type);

        assertThat(decoder.decode(value, type))
            .isEqualTo(new Decoded(sample, ContentFingerprint.of(sample)));
        // Byte for byte, schema id included: both registered one and the same schema.
        assertThat(serializer(server).serialize(type.topic(), sample)).isEqualTo(value);
      }
      assertThat(values).containsExactly("0");
    }
  }

  @Test
  void theGenuineDeserializerReadsWhatOursWrites() throws Exception {
    try (RegistryServer server = new RegistryServer()) {
      AvroEventSerializer serializer = serializer(server);
      List<String> commands = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (EventType type : EventType.values()) {
        byte[] value = serializer.serialize(type.topic(), Samples.of(type));
        commands.add("deserialize\t" + type.topic() + "\t" + HexFormat.of().formatHex(value));
        expected.add("record\t" + type.schema().getFullName() + "\t" + json(Samples.of(type)));
      }
      expected.add("sent\t0");

      assertThat(genuine(server, List.of(), commands)).isEqualTo(expected);
    }
  }

  @Test
  void aProducerThatMayNotRegisterUsesWhatWeRegistered() throws Exception {
    try (RegistryServer server = new RegistryServer()) {
      AvroEventSerializer serializer = serializer(server);
      for (EventType type : EventType.values()) {
        serializer.serialize(type.topic(), Samples.of(type));
      }
      int registered = server.requests().size();

      List<String> answers = genuine(server, List.of("auto.register.schemas=false"), everySample());

      assertThat(answers).hasSize(EventType.values().length + 1);
      assertThat(server.requests().subList(registered, server.requests().size()))
          .isNotEmpty()
          .noneMatch(request -> request.startsWith("POST") && request.endsWith("/versions"));
    }
  }

  private List<String> genuine(RegistryServer server, List<String> more, List<String> commands)
      throws IOException, InterruptedException {
    List<String> configs = new ArrayList<>(more);
    configs.add("schema.registry.url=" + server.url());
    return GenuineConfluent.answers(dir, configs, commands);
  }

  private static List<String> everySample() throws IOException {
    List<String> commands = new ArrayList<>();
    for (EventType type : EventType.values()) {
      commands.add("schema\t" + type.topic() + "\t" + PlainSchema.of(type.schema()));
      commands.add("serialize\t" + type.topic() + "\t" + json(Samples.of(type)));
    }
    return commands;
  }

  /** A record in Avro's JSON encoding. */
  private static String json(SpecificRecord event) throws IOException {
    Schema schema = PlainSchema.of(event.getSchema());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
    new SpecificDatumWriter<SpecificRecord>(schema, EventClasses.MODEL).write(event, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static AvroEventSerializer serializer(RegistryServer server) {
    return new AvroEventSerializer(registry(server));
  }

  private static HttpSchemaRegistry registry(RegistryServer server) {
    return new HttpSchemaRegistry(Map.of("schema.registry.url", server.url()));
  }
}
