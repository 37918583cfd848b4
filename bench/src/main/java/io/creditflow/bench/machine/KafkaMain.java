package io.creditflow.bench.machine;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.testkit.ParentWatchdog;
import java.nio.file.Files;
import java.nio.file.Path;

/** The main class of a process with the broker and the schema registry of a benchmark. */
public final class KafkaMain {
  private KafkaMain() {}

  /**
   * @param arguments a directory, and the file for the addresses, which is written once both are
   *     ready
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    LocalSchemaRegistry registry = LocalSchemaRegistry.start(directory.resolve("schemas.json"), 0);
    Path addresses = Path.of(arguments[1]);
    Path draft = addresses.resolveSibling("addresses.new");
    Files.writeString(draft, broker.bootstrapServers() + "\n" + registry.url() + "\n");
    Files.move(draft, addresses);
    ParentWatchdog.watch();
  }
}
