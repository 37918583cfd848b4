package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.creditflow.events.LeadSourced;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serde, and Confluent's, against a real Apicurio Registry. */
@Tag("system")
class ApicurioCompatibilityTest {
  @TempDir private static Path dir;
  private static ApicurioServer apicurio;
  private static HttpSchemaRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(ApicurioServer.isUnpacked(), "Not unpacked: run with -Pfull, as bin/test does");
    Optional<Path> java = ApicurioServer.java();
    assumeTrue(
        java.isPresent(),
        "Apicurio Registry needs a JDK 21 or newer, and none was found under /usr/lib/jvm");
    apicurio = new ApicurioServer(java.get(), dir);
    registry = registryAt(apicurio.url());
  }

  @AfterAll
  static void stop() {
    if (apicurio != null) {
      apicurio.close();
    }
  }

  @Test
  void everyRecordGoesAndComesBack() {
    AvroEventSerializer serializer = new AvroEventSerializer(registry);
    EventDecoder decoder = new EventDecoder(registryAt(apicurio.url()));
    for (EventType type : EventType.values()) {
      byte[] value = serializer.serialize(type.topic(), SampleEvents.of(type));

      assertThat(decoder.decode(value, type).event()).isEqualTo(SampleEvents.of(type));
      assertThat(registry.lookUp(type.subject(), type.schema()))
          .isEqualTo(WireFormat.schemaId(value));
      assertThat(registry.latest(type.subject()).schema())
          .isEqualTo(SourceSchema.of(type.schema()));
    }
  }

  @Test
  void theGenuineSerdeAndOursMeetThere() throws Exception {
    AvroEventSerializer serializer = new AvroEventSerializer(registry);
    LeadSourced lead = SampleEvents.leadSourced("e");
    byte[] ours = serializer.serialize("meet", lead);
    String json =
        "{\"eventId\":\"e\",\"workspaceId\":\"acme\",\"campaignId\":\"spring\",\"leadId\":\"lead-1\","
            + "\"source\":\"CSV\",\"occurredAt\":"
            + lead.getOccurredAt().toEpochMilli()
            + "}";
    List<String> commands = new ArrayList<>();
    commands.add("schema\tmeet\t" + SourceSchema.of(LeadSourced.getClassSchema()));
    commands.add("serialize\tmeet\t" + json);
    commands.add("deserialize\tmeet\t" + HexFormat.of().formatHex(ours));

    List<String> answers =
        ConfluentSerializerProcess.answers(
            dir, List.of("schema.registry.url=" + apicurio.url()), commands);

    assertThat(answers)
        .containsExactly(
            "value\t" + HexFormat.of().formatHex(ours),
            "record\tio.creditflow.events.LeadSourced\t" + json,
            "sent\t0");
  }

  @Test
  void anIdThatNobodyRegisteredIsUnknownAndAWrongPathIsNot() {
    assertThatThrownBy(() -> registry.schemaById(999_999))
        .isInstanceOf(UnknownSchemaException.class);
    assertThatThrownBy(() -> registryAt(apicurio.url() + "/wrong").schemaById(999_999))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void anIncompatibleSchemaIsRefused() throws Exception {
    registry.register("strict-value", LeadSourced.getClassSchema());
    HttpRequest strict =
        HttpRequest.newBuilder(URI.create(apicurio.url() + "/config/strict-value"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
            .build();
    assertThat(HttpClient.newHttpClient().send(strict, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    Schema breaking =
        SourceSchema.parse(
            SourceSchema.of(LeadSourced.getClassSchema())
                .toString()
                .replace("{\"name\":\"leadId\"", "{\"name\":\"leadNumber\""));

    assertThatThrownBy(() -> registry.register("strict-value", breaking))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("may not be registered under strict-value");
  }

  private static HttpSchemaRegistry registryAt(String url) {
    return new HttpSchemaRegistry(Map.of("schema.registry.url", url));
  }
}
