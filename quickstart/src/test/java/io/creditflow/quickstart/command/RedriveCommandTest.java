package io.creditflow.quickstart.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.schemas.Partitioning;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records as Creditflow leaves them, without an instance that reads them. */
class RedriveCommandTest {
  private static final int PARTITIONS = 3;
  private static final String LEADS = Topics.LEAD_SOURCED;

  @TempDir private Path directory;
  private EmbeddedBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private long offset = 100;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      List<NewTopic> topics = new ArrayList<>();
      topics.add(new NewTopic(Topics.REJECTED_EVENTS, PARTITIONS, (short) 1));
      Topics.INPUTS.forEach(topic -> topics.add(new NewTopic(topic, PARTITIONS, (short) 1)));
      admin.createTopics(topics).all().get();
    }
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void sendsWhatCameWithoutOurHeadersOnMurmur2sPartition() throws Exception {
    Headers own = new RecordHeaders();
    own.add("trace", new byte[] {1});
    own.add("reason", bytes("theirs"));
    own.add("source.topic", bytes("theirs"));
    own.add("nothing", null);
    reject("WRONG_PARTITION", LEADS, "w", "value", own, at(1));
    reject("KEY_MISMATCH", LEADS, null, "keyless", new RecordHeaders(), at(1));

    assertThat(redrive()).startsWith("sent 2 records\n  KEY_MISMATCH 1\n  WRONG_PARTITION 1\n");

    List<ConsumerRecord<byte[], byte[]>> sent = all(LEADS);
    ConsumerRecord<byte[], byte[]> keyed =
        sent.stream().filter(record -> record.key() != null).findFirst().orElseThrow();
    assertThat(keyed.key()).isEqualTo(bytes("w"));
    assertThat(keyed.value()).isEqualTo(bytes("value"));
    assertThat(keyed.headers()).isEqualTo(own);
    assertThat(keyed.partition()).isEqualTo(Partitioning.partitionOf(bytes("w"), PARTITIONS));
    assertThat(sent)
        .filteredOn(record -> record.key() == null)
        .extracting(ConsumerRecord::partition)
        .containsExactly(1);
  }

  @Test
  void ofCopiesTheLatestDecidesAndNoneIsSentTwice() throws Exception {
    reject("WRONG_PARTITION", LEADS, "w", "a", at(1));
    reject("WRONG_PARTITION", LEADS, "w", "a", at(2));
    reject("WRONG_PARTITION", LEADS, "w", "b", at(1));
    reject("TOO_OLD", LEADS, "w", "b", at(3));

    assertThat(redrive("--reason", "WRONG_PARTITION"))
        .startsWith("sent 1 records\n  WRONG_PARTITION 1\n");
    assertThat(redrive("--reason", "WRONG_PARTITION"))
        .isEqualTo("sent 0 records\nleft out 1 sent since, 0 whose value was too large to be kept");
    assertThat(redrive()).startsWith("sent 1 records\n  TOO_OLD 1\nleft out 1 sent since");
    assertThat(all(LEADS)).extracting(record -> text(record.value())).containsExactly("a", "b");
  }

  @Test
  void whatWasSentAndRejectedAgainIsSentAgain() throws Exception {
    reject("TOO_OLD", LEADS, "w", "a", at(1));
    assertThat(redrive()).startsWith("sent 1 records");
    ConsumerRecord<byte[], byte[]> sent = all(LEADS).get(0);
    offset = sent.offset();
    reject("TOO_OLD", LEADS, "w", "a", new RecordHeaders(), at(2), sent.partition());

    assertThat(redrive()).startsWith("sent 1 records");
    assertThat(all(LEADS)).hasSize(2);
  }

  @Test
  void whatAReplayRejectsAgainAndWasSentBeforeItIsNotSent() throws Exception {
    reject("WRONG_PARTITION", LEADS, "w", "a", at(0));
    assertThat(redrive()).startsWith("sent 1 records");
    offset = 100;
    reject("WRONG_PARTITION", LEADS, "w", "a", Instant.now().plusSeconds(86_400));

    assertThat(redrive()).startsWith("sent 0 records\nleft out 1 sent since");
  }

  @Test
  void filtersAndTheirBoundsNarrowWhatIsSent() throws Exception {
    reject("WRONG_PARTITION", LEADS, "w", "a", at(1));
    reject("WRONG_PARTITION", LEADS, "v", "b", at(2));
    reject("WRONG_PARTITION", Topics.PHONE_REVEALED, "w", "c", at(3));
    reject("TOO_OLD", LEADS, "w", "d", at(4));
    rejectLarge("w", at(5));

    assertThat(redrive("--dry-run", "--workspace", "w")).startsWith("would send 3 records\n");
    assertThat(redrive("--dry-run", "--topic", Topics.PHONE_REVEALED))
        .startsWith("would send 1 records\n");
    assertThat(redrive("--dry-run", "--from", at(2).toString(), "--to", at(4).toString()))
        .startsWith("would send 2 records\n");
    assertThat(redrive("--dry-run", "--reason", "INVALID"))
        .isEqualTo(
            "would send 0 records\nleft out 0 sent since, 1 whose value was too large to be"
                + " kept");
    assertThat(all(LEADS)).isEmpty();
  }

  private String redrive(String... options) {
    List<String> arguments = new ArrayList<>(List.of("redrive"));
    arguments.addAll(List.of(options));
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    return CommandOutcome.outputOf(arguments.toArray(String[]::new));
  }

  private void reject(String reason, String topic, String key, String value, Instant at)
      throws Exception {
    reject(reason, topic, key, value, new RecordHeaders(), at);
  }

  private void reject(
      String reason, String topic, String key, String value, Headers own, Instant at)
      throws Exception {
    reject(reason, topic, key, value, own, at, 1);
  }

  private void reject(
      String reason, String topic, String key, String value, Headers own, Instant at, int partition)
      throws Exception {
    Headers headers = new RecordHeaders(own.toArray());
    headers.add("reason", bytes(reason));
    headers.add("detail", bytes("why"));
    headers.add("source.topic", bytes(topic));
    headers.add("source.partition", bytes(Integer.toString(partition)));
    headers.add("source.offset", bytes(Long.toString(offset++)));
    headers.add("rejected.at", bytes(at.toString()));
    send(key, bytes(value), headers);
  }

  private void rejectLarge(String key, Instant at) throws Exception {
    Headers headers = new RecordHeaders();
    headers.add("reason", bytes("INVALID"));
    headers.add("detail", bytes("why"));
    headers.add("source.topic", bytes(LEADS));
    headers.add("source.partition", bytes("1"));
    headers.add("source.offset", bytes(Long.toString(offset++)));
    headers.add("source.size", bytes("99000000"));
    headers.add("source.sha256", bytes("00"));
    headers.add("rejected.at", bytes(at.toString()));
    send(key, null, headers);
  }

  private void send(String key, byte[] value, Headers headers) throws Exception {
    byte[] keyBytes = key == null ? null : bytes(key);
    producer
        .send(new ProducerRecord<>(Topics.REJECTED_EVENTS, null, null, keyBytes, value, headers))
        .get();
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    TopicReader.read(Map.of("bootstrap.servers", broker.bootstrapServers()), topic, records::add);
    return records;
  }

  private static Instant at(int minutes) {
    return Instant.parse("2026-06-01T12:00:00Z").plusSeconds(60L * minutes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
