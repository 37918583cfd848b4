package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.quickstart.upstream.SimulatedUpstream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the quickstart's simulated upstream against any Kafka. */
@Command(
    name = "traffic",
    header = "publishes a simulated upstream's events until stopped",
    description =
        "Publishes the history of six invented workspaces, then live events until Ctrl-C. A restart"
            + " continues from there: the progress is stored in --data-dir.")
final class TrafficCommand implements Callable<String> {
  @Option(
      names = KafkaOptions.REGISTRY,
      paramLabel = "URL",
      description = "goes with another Kafka")
  private String registryUrl;

  @Mixin private KafkaOptions kafka;

  @Override
  public String call() {
    KafkaTarget target = kafka.withRegistry(registryUrl);
    Path progress = kafka.quickstart().directory().resolve("upstream.properties");
    SimulatedUpstream upstream =
        new SimulatedUpstream(
            target.bootstrapServers(), target.registryUrl(), progress, Clock.systemUTC());
    AtomicBoolean stopping = new AtomicBoolean();
    Thread stop =
        new Thread(
            () -> {
              stopping.set(true);
              upstream.close();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      System.out.printf("%,d events published%n", upstream.catchUp());
      upstream.goLive();
      new CountDownLatch(1).await(); // until a signal ends the process
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (KafkaException | IllegalStateException e) {
      if (!stopping.get()) {
        throw new CommandException("publishing failed, run it again: " + e.getMessage());
      }
    }
    return "stopped";
  }
}
