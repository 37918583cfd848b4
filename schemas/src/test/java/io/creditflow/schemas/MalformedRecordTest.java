package io.creditflow.schemas;

import static io.creditflow.schemas.UndecodableException.Reason.UNDECODABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.creditflow.events.LeadSourced;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs in a small heap (see the module's pom), so that a hostile length would show. */
@Timeout(120)
class MalformedRecordTest {
  private static final int MUTANTS = 100_000;

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final EventDecoder decoder = new EventDecoder(registry);
  private final Map<EventType, byte[]> good = new EnumMap<>(EventType.class);
  private final Map<EventType, DatumReader<SpecificRecord>> avro = new EnumMap<>(EventType.class);
  private int deepId;
  private int wideId;

  @BeforeEach
  void registerSchemas() throws IOException {
    FastReaderBuilder readers = new FastReaderBuilder(EventDataModel.MODEL);
    AvroEventSerializer serializer = new AvroEventSerializer(registry);
    for (EventType type : EventType.values()) {
      avro.put(type, readers.createDatumReader(type.schema()));
      good.put(type, serializer.serialize(type.topic(), SampleEvents.of(type)));
    }
    deepId =
        registry.add(
            withField(
                "{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}"));
    wideId = registry.add(withField("{\"type\":\"array\",\"items\":\"null\"}"));
    serializer.close();
  }

  @Test
  void mutatedRecordsAreDecodedOrRefusedAndNothingElse() {
    long seed = Long.getLong("seed", 20260329L);
    System.out.println("MalformedRecordTest seed=" + seed);
    Random random = new Random(seed);
    EventType[] types = EventType.values();
    int decoded = 0;
    int longestDetail = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MUTANTS; i++) {
      EventType type = types[random.nextInt(types.length)];
      byte[] mutant = mutate(good.get(type), random);
      try {
        decoder.decode(mutant, type);
        decoded++;
      } catch (UndecodableException refused) {
        longestDetail = Math.max(longestDetail, refused.getMessage().length());
      } catch (Throwable unexpected) {
        throw new AssertionError(
            "seed " + seed + ", mutant " + i + ": " + Arrays.toString(mutant), unexpected);
      }
    }
    assertThat(longestDetail).isBetween(20, 500);
    assertThat(decoded).isBetween(MUTANTS / 20, MUTANTS - MUTANTS / 20);
    assertThat((threads.getCurrentThreadAllocatedBytes() - allocated) / MUTANTS)
        .as("bytes allocated per mutant, the test's own included")
        .isLessThan(20_000);
  }

  @Test
  void acceptsWhatAvroAcceptsButForBrokenTextAndLeftOvers() {
    Random random = new Random(7);
    int compared = 0;
    EventType[] types = EventType.values();
    for (int i = 0; i < MUTANTS; i++) {
      EventType type = types[i % types.length];
      byte[] mutant = mutate(good.get(type), random);
      if (mutant.length < 5 || !Arrays.equals(mutant, 0, 5, good.get(type), 0, 5)) {
        continue;
      }
      SpecificRecord byAvro = readByAvro(mutant, type);
      boolean agreed;
      try {
        DecodedEvent ours = decoder.decode(mutant, type);
        agreed =
            ours.event().equals(byAvro)
                && ours.fingerprint() == ContentFingerprint.of(ours.event());
      } catch (UndecodableException refused) {
        agreed = byAvro == null || refused.getMessage().contains("is not UTF-8");
      }
      if (!agreed) {
        throw new AssertionError(type + ", mutant " + i + ": " + Arrays.toString(mutant));
      }
      compared++;
    }
    assertThat(compared).isGreaterThan(MUTANTS / 2);
  }

  @Test
  void shortStrangeAndAbsentValuesAreUndecodable() {
    assertThat(refused(null)).hasMessage("no value");
    assertThat(refused(new byte[0])).hasMessageContaining("0 bytes");
    assertThat(refused(new byte[] {0, 0, 0, 1})).hasMessageContaining("4 bytes");
    assertThat(refused(new byte[] {0x7b, 0, 0, 0, 1, 0})).hasMessageContaining("0x7b");
    assertThat(refused(new byte[] {0, 0, 0, 9, 9, 0})).hasMessageContaining("2313 is not known");
    assertThat(refused(new byte[] {0, -1, -1, -1, -1, 0})).hasMessageContaining("-1");
  }

  @Test
  void bytesLeftOverAreUndecodable() {
    byte[] value = good.get(EventType.LEAD_SOURCED);

    assertThat(refused(Arrays.copyOf(value, value.length + 1)))
        .hasMessageContaining("1 bytes left over");
  }

  @Test
  void absurdLengthsAllocateNothing() {
    for (String length : new String[] {"fe ff ff ff ff ff ff ff ff 01", "fe ff ff ff 0f", "01"}) {
      byte[] start = bytes("00 00 00 00 01 " + length);
      assertThat(refused(start)).hasMessageContaining("a length of");
    }
    assertThat(refused(bytes("00 00 00 00 01 ff ff ff ff ff ff ff ff ff ff ff ff")))
        .hasMessageContaining("64 bits");
  }

  @Test
  void nestingWithoutEndDoesNotOverflowTheStack() {
    byte[] deep = after(deepId, "");
    byte[] value = Arrays.copyOf(deep, deep.length + 1_000_000);
    Arrays.fill(value, deep.length, value.length, (byte) 2);

    assertThat(refused(value)).hasMessageContaining("nested more than 64 deep");
  }

  @Test
  void itemsOfNoBytesDoNotTakeForever() {
    assertThat(refused(after(wideId, "fe ff ff ff ff ff ff ff ff 01")))
        .hasMessageContaining("more values than its bytes could hold");
    assertThat(refused(after(wideId, "ff ff ff ff ff ff ff ff ff 01 00")))
        .hasMessageContaining("2^63");
    assertThat(decoder.decode(after(wideId, "06 00"), EventType.LEAD_SOURCED).event())
        .isEqualTo(SampleEvents.leadSourced("event-1"));
  }

  @Test
  void textThatIsNotUtf8IsUndecodable() {
    byte[] value = good.get(EventType.LEAD_SOURCED).clone();
    value[8] = (byte) 0xC0;

    assertThat(refused(value)).hasMessageContaining("a string is not UTF-8");
  }

  @Test
  void numbersWrittenLongerThanNeededReadAndCompareTheSame() {
    byte[] value = good.get(EventType.LEAD_SOURCED);
    ByteBuffer longer = ByteBuffer.allocate(value.length + 2);
    longer.put(value, 0, 5).put((byte) (value[5] | 0x80)).put((byte) 0x80).put((byte) 0);
    longer.put(value, 6, value.length - 6);

    assertThat(decoder.decode(longer.array(), EventType.LEAD_SOURCED))
        .isEqualTo(decoder.decode(value, EventType.LEAD_SOURCED));
  }

  private UndecodableException refused(byte[] value) {
    UndecodableException thrown =
        catchThrowableOfType(
            UndecodableException.class, () -> decoder.decode(value, EventType.LEAD_SOURCED));
    assertThat(thrown.reason()).isEqualTo(UNDECODABLE);
    return thrown;
  }

  /** What Avro's own decoder makes of it: null if it fails or does not read to the end. */
  private SpecificRecord readByAvro(byte[] value, EventType type) {
    try {
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
      SpecificRecord event = avro.get(type).read(null, in);
      return in.isEnd() ? event : null;
    } catch (RuntimeException | IOException e) {
      return null;
    }
  }

  /** LeadSourced with one more field at its end. */
  private static Schema withField(String type) {
    String json = SourceSchema.of(LeadSourced.getClassSchema()).toString();
    String more = ",{\"name\":\"more\",\"type\":" + type + "}]}";
    return SourceSchema.parse(json.substring(0, json.length() - 2) + more);
  }

  /** A good LeadSourced under another id, and these bytes after it. */
  private byte[] after(int id, String hex) {
    byte[] lead = good.get(EventType.LEAD_SOURCED);
    byte[] more = bytes(hex);
    ByteBuffer value = ByteBuffer.allocate(lead.length + more.length).put(lead).put(more);
    return value.putInt(1, id).array();
  }

  private static byte[] bytes(String hex) {
    String digits = hex.replace(" ", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  private byte[] mutate(byte[] from, Random random) {
    byte[] value = from.clone();
    int spot = random.nextInt(value.length);
    switch (random.nextInt(8)) {
      case 0 -> value[spot] ^= (byte) (1 << random.nextInt(8));
      case 1 -> value = Arrays.copyOf(value, spot);
      case 2 -> value = Arrays.copyOf(value, value.length + 1 + random.nextInt(20));
      case 3 -> Arrays.fill(value, spot, Math.min(value.length, spot + 10), (byte) 0xFF);
      case 4 -> value[4] = (byte) random.nextInt(wideId + 3);
      case 5 -> value[5 + random.nextInt(value.length - 5)] = (byte) random.nextInt(256);
      case 6 -> {
        byte[] noise = new byte[value.length - 5];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, value, 5, noise.length);
      }
      default -> {
        byte[] text = "ÿ€🌱".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, value, Math.min(spot, value.length - text.length), text.length);
      }
    }
    return value;
  }
}
