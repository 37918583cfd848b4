package io.creditflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.creditflow.query.TrendsResponse.Point;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Items written field by field read as Jackson would have written the record. */
class ItemSerializersTest {
  private final ObjectMapper byHand = new ObjectMapper();
  private final ObjectMapper byReflection =
      JsonMapper.builder()
          .disable(MapperFeature.USE_ANNOTATIONS)
          .addModule(new SimpleModule().addSerializer(Instant.class, new ToStringSerializer()))
          .build();
  private final Random random = new Random(7);

  @Test
  void aPointIsWrittenAsDeclared() throws IOException {
    assertSame(new Point("2026-03-01", 5, 3, 2, null));
    assertSame(new Point("2026-03-01T10:00:00Z", Long.MAX_VALUE, 0, -2, 7L));
  }

  @Test
  void aHistoryRowIsWrittenAsDeclared() throws IOException {
    for (HistoryRow.Kind kind : HistoryRow.Kind.values()) {
      assertSame(row(kind, null, null));
      assertSame(row(kind, 3L, "\"ä\\ \u0001 \uD83D\uDE00"));
    }
  }

  @Test
  void anInstantIsWrittenAsJavaWritesIt() {
    for (long millis : new long[] {0, -1, 999, 1_000, 253_402_300_799_999L, 253_402_300_800_000L}) {
      assertThat(ItemSerializers.text(Instant.ofEpochMilli(millis)))
          .isEqualTo(Instant.ofEpochMilli(millis).toString());
    }
    for (int i = 0; i < 10_000; i++) {
      Instant any = Instant.ofEpochMilli(random.nextLong(-70_000_000_000_000L, 1L << 49));
      assertThat(ItemSerializers.text(any)).isEqualTo(any.toString());
    }
    Instant finer = Instant.ofEpochSecond(1, 1_000);
    assertThat(ItemSerializers.text(finer)).isEqualTo(finer.toString());
  }

  private static HistoryRow row(HistoryRow.Kind kind, Long number, String text) {
    return new HistoryRow(
        "id",
        kind,
        Instant.parse("2026-03-01T10:00:00.125Z"),
        text,
        text,
        text,
        text,
        -5,
        6,
        0,
        number != null,
        number,
        text,
        text);
  }

  private void assertSame(Object item) throws IOException {
    assertThat(byHand.writeValueAsString(item)).isEqualTo(byReflection.writeValueAsString(item));
  }
}
