package io.creditflow.schemas;

import static io.creditflow.schemas.UndecodableException.Reason.UNDECODABLE;
import static io.creditflow.schemas.UndecodableException.Reason.WRONG_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
  private static final LeadSourced LEAD = SampleEvents.leadSourced("event-1");

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final EventDecoder decoder = new EventDecoder(registry);

  @Test
  void aFieldAddedByTheProducerIsPassedOverWhereverItStands() throws IOException {
    Schema newer =
        rewrite(
            LeadSourced.getClassSchema(),
            json ->
                json.replace(
                    "{\"name\":\"campaignId\"",
                    "{\"name\":\"tags\",\"type\":{\"type\":\"map\",\"values\":"
                        + "{\"type\":\"array\",\"items\":[\"null\",\"string\"]}},\"default\":{}},"
                        + "{\"name\":\"campaignId\""));

    DecodedEvent decoded =
        decoder.decode(
            write(
                newer,
                lead(newer).set("tags", Map.of("a", List.of("x", "y"), "b", List.of())).build()),
            EventType.LEAD_SOURCED);

    assertThat(decoded.event()).isEqualTo(LEAD);
    assertThat(decoded.fingerprint()).isEqualTo(ContentFingerprint.of(LEAD));
  }

  @Test
  void aFieldThatAnOlderProducerLacksTakesItsDefault() throws IOException {
    Schema older =
        rewrite(
            CreditGrant.getClassSchema(),
            json -> json.replaceAll("\\{\"name\":\"priority\"[^}]*},", ""));
    assertThat(older.getField("priority")).isNull();
    GenericRecord grant =
        new GenericRecordBuilder(older)
            .set("eventId", "e")
            .set("workspaceId", "w")
            .set("grantId", "g")
            .set("action", symbol(older, "action", "GRANTED"))
            .set("amount", 5L)
            .set("effectiveAt", 1_000L)
            .set("occurredAt", 1_000L)
            .build();

    CreditGrant read =
        (CreditGrant) decoder.decode(write(older, grant), EventType.CREDIT_GRANT).event();

    assertThat(read.getPriority()).isZero();
    assertThat(read.getAmount()).isEqualTo(5);
  }

  @Test
  void oneContentHasOneFingerprintInWhateverOrderItsFieldsWereWritten() throws IOException {
    Schema ours = SourceSchema.of(LeadSourced.getClassSchema());
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : ours.getFields()) {
      fields.add(0, new Schema.Field(field, field.schema()));
    }
    Schema reversed = Schema.createRecord(ours.getName(), null, ours.getNamespace(), false, fields);

    DecodedEvent decoded =
        decoder.decode(write(reversed, lead(reversed).build()), EventType.LEAD_SOURCED);

    assertThat(decoded).isEqualTo(new DecodedEvent(LEAD, ContentFingerprint.of(LEAD)));
  }

  @Test
  void aSchemaThatDiffersOnlyInItsDocsReadsAsOurs() throws IOException {
    Schema undocumented =
        rewrite(LeadSourced.getClassSchema(), json -> json.replaceAll(",\"doc\":\"[^\"]*\"", ""));

    assertThat(
            decoder.decode(write(undocumented, lead(undocumented).build()), EventType.LEAD_SOURCED))
        .isEqualTo(new DecodedEvent(LEAD, ContentFingerprint.of(LEAD)));
  }

  @Test
  void anEnumSymbolThatWeDoNotKnowIsUndecodable() throws IOException {
    Schema newer =
        rewrite(
            LeadSourced.getClassSchema(), json -> json.replace("\"CSV\"]", "\"CSV\",\"PIGEON\"]"));

    byte[] known = write(newer, lead(newer).build());
    byte[] unknown =
        write(newer, lead(newer).set("source", symbol(newer, "source", "PIGEON")).build());

    assertThat(decoder.decode(known, EventType.LEAD_SOURCED).event()).isEqualTo(LEAD);
    UndecodableException thrown = refused(unknown, EventType.LEAD_SOURCED);
    assertThat(thrown.reason()).isEqualTo(UNDECODABLE);
    assertThat(thrown).hasMessageContaining("PIGEON");
  }

  @Test
  void aSchemaThatLacksWhatWeNeedIsUndecodable() throws IOException {
    Schema lacking =
        rewrite(
            LeadSourced.getClassSchema(),
            json -> json.replaceAll(",\\{\"name\":\"leadId\"[^}]*}", ""));
    GenericRecordBuilder lead = new GenericRecordBuilder(lacking);
    lead.set("eventId", "e").set("workspaceId", "w").set("campaignId", "c");
    lead.set("source", symbol(lacking, "source", "CSV")).set("occurredAt", 1L);

    UndecodableException thrown = refused(write(lacking, lead.build()), EventType.LEAD_SOURCED);

    assertThat(thrown.reason()).isEqualTo(UNDECODABLE);
    assertThat(thrown).hasMessageContaining("leadId");
  }

  @Test
  void aSoundRecordOfAnotherSchemaIsOfTheWrongType() throws IOException {
    Schema other = rewrite(LeadSourced.getClassSchema(), j -> j.replace("LeadSourced", "Other"));

    UndecodableException thrown =
        refused(write(other, lead(other).build()), EventType.LEAD_SOURCED);

    assertThat(thrown.reason()).isEqualTo(WRONG_TYPE);
    assertThat(thrown)
        .hasMessage(
            "schema id 1 is io.creditflow.events.Other, not io.creditflow.events.LeadSourced");
  }

  @Test
  void aValueThatIsNoRecordIsOfTheWrongType() {
    registry.add(Schema.create(Schema.Type.STRING));

    assertThat(refused(new byte[] {0, 0, 0, 0, 1, 2, 'x'}, EventType.LEAD_SOURCED).reason())
        .isEqualTo(WRONG_TYPE);
  }

  @Test
  void brokenBytesOfAnotherSchemaAreUndecodableFirst() throws IOException {
    Schema other = rewrite(LeadSourced.getClassSchema(), j -> j.replace("LeadSourced", "Other"));
    byte[] value = write(other, lead(other).build());

    assertThat(refused(Arrays.copyOf(value, value.length - 1), EventType.LEAD_SOURCED).reason())
        .isEqualTo(UNDECODABLE);
    assertThat(refused(Arrays.copyOf(value, value.length + 1), EventType.LEAD_SOURCED).reason())
        .isEqualTo(UNDECODABLE);
  }

  private UndecodableException refused(byte[] value, EventType type) {
    return catchThrowableOfType(UndecodableException.class, () -> decoder.decode(value, type));
  }

  private static GenericRecordBuilder lead(Schema schema) {
    GenericRecordBuilder lead = new GenericRecordBuilder(schema);
    for (Schema.Field field : LEAD.getSchema().getFields()) {
      lead.set(field.name(), generic(schema, field.name(), LEAD.get(field.pos())));
    }
    return lead;
  }

  private static Object generic(Schema schema, String field, Object value) {
    if (value instanceof Enum<?> constant) {
      return symbol(schema, field, constant.name());
    }
    return value instanceof Instant instant ? instant.toEpochMilli() : value;
  }

  private static GenericData.EnumSymbol symbol(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
  }

  private static Schema rewrite(Schema schema, UnaryOperator<String> change) {
    String before = SourceSchema.of(schema).toString();
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    return SourceSchema.parse(after);
  }

  private byte[] write(Schema schema, GenericRecord datum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0, 0, 0, 0, (byte) registry.add(schema)});
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
    return out.toByteArray();
  }
}
