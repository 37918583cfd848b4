package io.creditflow.bench.pipeline;

import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.SchemaRegistry;
import io.creditflow.testkit.ParentWatchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The arguments of a rival's process: the addresses of Kafka and registry, the consumer group and
 * the directory. The process runs until it reads the line {@link #FINISH}; then it writes its
 * totals and ends.
 */
public record JobSpec(String bootstrapServers, String registryUrl, String group, Path directory) {
  public static final String FINISH = "finish";

  public static JobSpec of(String[] arguments) {
    return new JobSpec(arguments[0], arguments[1], arguments[2], Path.of(arguments[3]));
  }

  public List<String> command(String mainClass) {
    return List.of(mainClass, bootstrapServers, registryUrl, group, directory.toString());
  }

  public SchemaRegistry registry() {
    return new HttpSchemaRegistry(Map.of("schema.registry.url", registryUrl));
  }

  /**
   * A consumer in the rival's group that starts at the beginning. The rival commits offsets itself.
   *
   * @param more additional consumer settings
   */
  public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", bootstrapServers);
    config.put("group.id", group);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Waits until the benchmark sends {@link #FINISH}. */
  public void awaitFinish() {
    while (!FINISH.equals(ParentWatchdog.awaitLine())) {
      // ignore other lines
    }
  }

  /** Writes the totals, in the form of {@link io.creditflow.bench.workload.WorkloadTotals}. */
  public void writeTotals(List<String> lines) {
    try {
      Files.write(totalsFile(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file with the totals. */
  public Path totalsFile() {
    return directory.resolve("totals.txt");
  }
}
