package io.creditflow.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.engine.EngineConfig;
import io.creditflow.engine.FlushCheckpoint;
import io.creditflow.events.CampaignChanged;
import io.creditflow.events.CampaignStatus;
import io.creditflow.events.CreditGrant;
import io.creditflow.events.EmailSent;
import io.creditflow.events.GrantAction;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import io.creditflow.events.PhoneRevealed;
import io.creditflow.events.UsageReversed;
import io.creditflow.events.WorkspaceChanged;
import io.creditflow.schemas.Topics;
import io.creditflow.state.RowKey;
import io.creditflow.state.RowWriter;
import io.creditflow.state.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of every table's keys and rows, as a fixed history leaves them: {@code
 * stored-bytes.txt} beside the topology's description. When they have to change, raise {@code
 * FlushCheckpoint.FORMAT} and put in its place what this test writes into {@code target}.
 */
class StoredBytesTest {
  private static final Instant NOW = Instant.parse("2026-10-01T10:00:00Z");

  /** Hot rows give away early what other tables hold, and a recount takes its time. */
  private static final EngineConfig RULES =
      new EngineConfig(
          EngineConfig.STANDARD.acceptance(),
          EngineConfig.STANDARD.prices(),
          EngineConfig.STANDARD.alerts(),
          1,
          4);

  private static final Path WRITTEN = Path.of("target/stored-bytes.txt");
  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path directory;
  private final Map<String, String> rows = new TreeMap<>();
  private TopologyFixture topology;
  private int flushes;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory, 1, NOW, RULES);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void everyTablesKeysAndRowsAreStoredAsBefore() throws IOException {
    history();
    String written =
        rows.entrySet().stream()
            .map(row -> row.getKey() + " " + row.getValue() + "\n")
            .collect(Collectors.joining());
    Files.writeString(WRITTEN, written);

    assertThat(rows.keySet().stream().map(key -> key.substring(0, 2)).distinct())
        .as("a history that leaves rows in every table")
        .containsExactlyElementsOf(
            Arrays.stream(Table.values()).map(StoredBytesTest::tag).sorted().toList());
    try (var in = StoredBytesTest.class.getResourceAsStream("stored-bytes.txt")) {
      assertThat(written)
          .as(
              "If rows have to change, raise FlushCheckpoint.FORMAT and replace"
                  + " src/test/resources/io/creditflow/streams/stored-bytes.txt by %s",
              WRITTEN)
          .isEqualToNormalizingNewlines(new String(in.readAllBytes(), UTF_8));
    }
  }

  private void history() {
    publish(Topics.CAMPAIGNS, campaign(NOW.minus(Duration.ofDays(40))));
    publish(Topics.CREDIT_GRANTS, grant("g1", GrantAction.GRANTED, 500));
    publish(Topics.CREDIT_GRANTS, grant("g2", GrantAction.GRANTED, 7));
    publish(Topics.CREDIT_GRANTS, grant("g2", GrantAction.VOIDED, 7));
    publish(Topics.EMAIL_SENT, new EmailSent("mail", "w", "c", "lead", NOW));
    for (int day = 34; day >= 0; day--) {
      Instant at = NOW.minus(Duration.ofDays(day)).plusSeconds(day * 977L - 3_600);
      publish(Topics.LEAD_SOURCED, new LeadSourced("e" + day, "w", "c", "l", LeadSource.CSV, at));
      publish(Topics.PHONE_REVEALED, new PhoneRevealed("p" + day, "w", "d", "l", at));
    }
    flush();
    publish(Topics.USAGE_REVERSED, new UsageReversed("r1", "w", "e3", "twice", NOW));
    publish(Topics.USAGE_REVERSED, new UsageReversed("r2", "w", "later", null, NOW));
    publish(Topics.WORKSPACES, new WorkspaceChanged("z", "w", "Acme", "Asia/Kathmandu", NOW));
    flush();
    flush();
    publish(Topics.LEAD_SOURCED, new LeadSourced("last", "w", "c", "l", LeadSource.CRM, NOW));
    flush();
  }

  /** Two instants of the checkpoint follow the clock on the wall. */
  private void flush() {
    topology.brokersSay(NOW.plusSeconds(++flushes));
    FlushCheckpoint checkpoint = topology.checkpoint();
    String asOf = instant(checkpoint.asOf());
    String forgottenBefore = instant(checkpoint.forgottenBefore());
    topology
        .rows()
        .forEach(
            (key, value) ->
                rows.put(
                    HEX.formatHex(key.get()),
                    HEX.formatHex(value)
                        .replace(asOf, "[asOf]")
                        .replace(forgottenBefore, "[forgottenBefore]")));
  }

  private static String instant(long millis) {
    return HEX.formatHex(new RowWriter().int64(millis).bytes());
  }

  private void publish(String topic, SpecificRecord event) {
    topology.send(topic, "w".getBytes(UTF_8), topology.bytes(event));
  }

  private static CampaignChanged campaign(Instant at) {
    return new CampaignChanged(
        "campaign", "w", "c", "Spring", LeadSource.CSV, CampaignStatus.ACTIVE, 20L, at, null, at);
  }

  private static CreditGrant grant(String grantId, GrantAction action, long amount) {
    Instant from = NOW.minus(Duration.ofDays(38));
    return new CreditGrant(
        grantId + action,
        "w",
        grantId,
        action,
        amount,
        from,
        NOW.plus(Duration.ofDays(60)),
        1,
        "paid",
        NOW.minusSeconds(60));
  }

  /** As the first byte of a key is written. */
  private static String tag(Table table) {
    return HEX.formatHex(RowKey.of(table).bytes());
  }
}
