package io.creditflow.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSourced;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEventTest {
  private static final Instant NOW = Instant.parse("2026-11-18T15:20:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String LEAD =
      "{\"workspaceId\":\"w\",\"campaignId\":\"c\",\"leadId\":\"l\",\"source\":\"CSV\"}";

  @Test
  void fillsInWhatPeopleLeaveOut() throws Exception {
    GenericRecord lead = read(LEAD, LeadSourced.getClassSchema());
    assertThat(lead.get("eventId").toString()).isNotBlank();
    assertThat(lead.get("occurredAt")).isEqualTo(NOW.toEpochMilli());
    assertThat(lead.get("source")).hasToString("CSV");
  }

  @Test
  void readsInstantsNumbersAndOptionalFields() throws Exception {
    String json =
        "{\"workspaceId\":\"w\",\"grantId\":\"g\",\"action\":\"GRANTED\",\"amount\":500,"
            + "\"effectiveAt\":\"2026-11-01T00:00:00Z\",\"expiresAt\":\"2026-12-01T00:00:00Z\"}";
    GenericRecord grant = read(json, CreditGrant.getClassSchema());
    assertThat(grant.get("amount")).isEqualTo(500L);
    assertThat(grant.get("expiresAt"))
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli());
    assertThat(grant.get("priority")).isEqualTo(0);
    assertThat(grant.get("reason")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CSV|csv|one of",
        "leadId|lead|no field",
        "\"w\"|7|is not text",
        "{|[{|JSON",
        "\"source\":\"CSV\"|\"occurredAt\":\"today\",\"source\":\"CSV\"|not an instant",
        ",\"source\":\"CSV\"|''|\"source\" is missing",
      })
  void saysWhatIsWrong(String part, String instead, String message) {
    String json = LEAD.replace(part, instead);
    assertThatThrownBy(() -> JsonEvent.parse(json, LeadSourced.getClassSchema(), CLOCK))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(message);
  }

  private static GenericRecord read(String json, Schema schema) throws Exception {
    JsonEvent event = JsonEvent.parse(json, schema, CLOCK);
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(event.avro(), null));
  }
}
