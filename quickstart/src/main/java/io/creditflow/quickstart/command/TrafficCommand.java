package io.creditflow.quickstart.command;

import io.creditflow.quickstart.upstream.SimulatedUpstream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;

/** The quickstart's simulated upstream, against any Kafka. */
final class TrafficCommand {
  private static final String HELP =
      """
      Usage: bin/creditflow traffic [OPTION]...

      Publishes a year of six invented workspaces, then goes on live until Ctrl-C. Started again it
      goes on where it was.

        --data-dir DIR                 where it notes how far it has come; the quickstart there
        --bootstrap-servers HOST:PORT  another Kafka,
        --registry-url URL             and its schema registry\
      """;

  private TrafficCommand() {}

  static String run(List<String> given) {
    Arguments arguments = new Arguments(given, KafkaTarget.OPTIONS);
    if (arguments.help()) {
      return HELP;
    }
    KafkaTarget target = KafkaTarget.of(arguments);
    Path progress = RunningQuickstart.directory(arguments).resolve("upstream.properties");
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
      new CountDownLatch(1).await(); // until a signal comes
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (KafkaException | IllegalStateException e) {
      if (!stopping.get()) {
        throw new CommandException("publishing broke off, run it again: " + e.getMessage());
      }
    }
    return "stopped";
  }
}
