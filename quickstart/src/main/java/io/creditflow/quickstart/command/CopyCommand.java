package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.topics.TopicSetup;
import io.creditflow.schemas.Topics;
import io.creditflow.streams.RecordLocation;
import io.creditflow.streams.TopicReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Copies the input topics into another Kafka whose topics have another number of partitions.
 * Rejected records are not copied: with their new arrival they might be accepted.
 */
@Command(
    name = "copy",
    header = "copies the events into another Kafka, for more partitions",
    description =
        "Copies every event that was not rejected into another Kafka. Topics that are missing there"
            + " are created with N partitions. To increase the number of partitions, see"
            + " docs/operations.md. The command copies the events that exist when it starts. It may"
            + " be run again: it then copies all events again, but each is counted only once.")
final class CopyCommand implements Callable<String> {
  private static final int ANSWER_MILLIS = 10_000;
  private static final int PARTITIONS_MAX = 99_999;

  @Option(
      names = "--to-bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      description = "the other Kafka")
  private String toServers;

  @Option(
      names = "--to-config",
      paramLabel = "FILE",
      description = "a properties file with client settings for it, such as security.protocol")
  private Path toFile;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      required = true,
      description = "the number of partitions of each topic in the other Kafka, at least 1")
  private int partitions;

  /** The Kafka to copy from. */
  @Mixin private KafkaOptions kafka;

  private Map<String, Object> from;
  private final Set<RecordLocation> rejected = new HashSet<>();
  private long copied;
  private long leftOut;
  private volatile Exception failure;

  @Override
  public String call() {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new CommandException(
          "--partitions is a whole number from 1 to " + PARTITIONS_MAX + ", not " + partitions);
    }
    from = kafka.withoutRegistry().reader();
    try {
      Map<String, Object> to = clients();
      createTopics(to);
      readRejected();
      copy(to);
    } catch (KafkaException | IllegalStateException e) {
      throw new CommandException("copying failed, run it again: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
    return "%,d events copied, %,d left out that had been rejected".formatted(copied, leftOut);
  }

  /** The client settings for the other Kafka. */
  private Map<String, Object> clients() {
    Map<String, Object> clients = new HashMap<>();
    if (toFile != null) {
      Properties properties = new Properties();
      try (Reader text = Files.newBufferedReader(toFile)) {
        properties.load(text);
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandException(toFile + " cannot be read as a properties file (" + e + ")");
      }
      properties.stringPropertyNames().forEach(name -> clients.put(name, properties.get(name)));
    }
    clients.put("bootstrap.servers", toServers);
    return clients;
  }

  private void createTopics(Map<String, Object> to) throws InterruptedException {
    try (Admin admin = Admin.create(to)) {
      requireAnswer(admin);
      int found =
          new TopicSetup(admin, toServers, new CountDownLatch(1))
              .ensure(partitions, -1, "creditflow");
      if (found != partitions) {
        throw new CommandException("the topics at " + toServers + " have " + found + " partitions");
      }
    }
  }

  /**
   * Fails fast if the other Kafka does not answer, because creating topics would wait for it
   * without a limit.
   */
  private void requireAnswer(Admin admin) throws InterruptedException {
    try {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS)).nodes().get();
    } catch (ExecutionException e) {
      throw new CommandException(
          "no Kafka answers at " + toServers + ": " + e.getCause().getMessage());
    }
  }

  private void readRejected() {
    TopicReader.read(
        from,
        Topics.REJECTED_EVENTS,
        record ->
            rejected.add(
                new RecordLocation(
                    header(record, "source.topic"),
                    Integer.parseInt(header(record, "source.partition")),
                    Long.parseLong(header(record, "source.offset")))));
  }

  private void copy(Map<String, Object> to) {
    Map<String, Object> config = new HashMap<>(to);
    config.put("linger.ms", 20);
    config.put("compression.type", "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String topic : Topics.INPUTS) {
        TopicReader.read(from, topic, record -> copy(record, producer));
      }
    } // closing the producer waits until all records are acknowledged
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private void copy(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
    if (rejected.contains(RecordLocation.of(record))) {
      leftOut++;
      return;
    }
    copied++;
    // No partition is given, so that Kafka's default partitioner chooses it by the key.
    var unused =
        producer.send(
            new ProducerRecord<>(
                record.topic(), null, null, record.key(), record.value(), record.headers()),
            (metadata, error) -> failure = error == null ? failure : error);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "-1" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
