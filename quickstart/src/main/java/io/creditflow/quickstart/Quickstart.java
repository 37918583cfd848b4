package io.creditflow.quickstart;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import io.creditflow.quickstart.access.SigningKey;
import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import io.creditflow.quickstart.upstream.SimulatedUpstream;
import io.creditflow.schemas.EventType;
import io.creditflow.schemas.HttpSchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code bin/quickstart}: Kafka, a schema registry, Creditflow and a simulated upstream
 * in one process (contract section 6).
 */
@Command(
    name = "quickstart",
    description =
        "Starts Kafka, a schema registry, Creditflow and a simulated upstream on this machine, and"
            + " prints the dashboard's address. Ctrl-C stops it. A restart continues with the same"
            + " data.",
    footer = {
      "",
      "Port 0 means any free port. Once everything is ready, DIR/quickstart.json holds the"
          + " addresses and two tokens."
    })
public final class Quickstart implements Runnable {
  private static final Duration TOKENS_VALID = Duration.ofDays(365);
  private static final Duration COUNTING_PATIENCE = Duration.ofMinutes(2);

  @Mixin private QuickstartOptions options;
  @Mixin StandardOptions standard;

  private final Console console = new Console(System.out);
  private final Clock clock = Clock.systemUTC();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private AppInstance app;

  private Quickstart() {}

  public static void main(String[] arguments) {
    CommandRunner.main(new Quickstart(), arguments);
  }

  /** Starts everything, and returns only when the process ends. */
  @Override
  public void run() {
    try {
      System.setProperty("quickstart.log", DataDirectory.logIn(options.dataDirectory).toString());
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
      start();
      new CountDownLatch(1).await(); // until a signal ends the process
    } catch (Exception e) {
      end(e);
    }
  }

  private void end(Exception failure) {
    if (console.isStopping()) {
      return; // the process ends once everything is closed
    }
    if (failure instanceof StartupException) {
      System.err.println("quickstart: " + failure.getMessage());
    } else {
      log().error("Quickstart could not start", failure);
      System.err.println(
          "quickstart: could not start: "
              + failure
              + "; see "
              + System.getProperty("quickstart.log"));
    }
    System.exit(1);
  }

  private void start() throws Exception {
    DataDirectory directory = opened(DataDirectory.open(options.dataDirectory));
    Ports ports = Ports.of(options);
    console.say("Creditflow quickstart, data in " + options.dataDirectory);
    SigningKey key = SigningKey.in(directory.keys());
    Addresses addresses = addresses(ports, key);

    console.step("Kafka", () -> startKafka(directory, ports));
    console.step("Schema registry", () -> startRegistry(directory, ports));
    console.step("Creditflow", () -> startApp(directory, ports, key, addresses));
    if (!options.isWithoutTraffic) {
      SimulatedUpstream upstream = opened(upstream(directory, addresses));
      console.step("Events", () -> String.format("%,d published", upstream.catchUp()));
      console.step("Counting", () -> awaitCounted(addresses));
      upstream.goLive();
    }
    addresses.write(directory.addresses());
    console.say("Ready. Open  " + addresses.dashboardUrl());
    console.say("Tokens and addresses: " + directory.addresses() + ". Ctrl-C stops it.");
  }

  private String startKafka(DataDirectory directory, Ports ports) {
    EmbeddedBroker broker = opened(EmbeddedBroker.start(directory.kafka(), ports.kafka()));
    return broker.bootstrapServers();
  }

  private String startRegistry(DataDirectory directory, Ports ports) {
    LocalSchemaRegistry registry =
        opened(LocalSchemaRegistry.start(directory.schemas(), ports.registry()));
    HttpSchemaRegistry client =
        new HttpSchemaRegistry(Map.of("schema.registry.url", registry.url()));
    for (EventType type : EventType.values()) {
      client.register(type.subject(), type.schema());
    }
    return registry.url();
  }

  private String startApp(DataDirectory directory, Ports ports, SigningKey key, Addresses addresses)
      throws InterruptedException {
    app = opened(AppInstance.start(addresses, ports, directory.state(), key.jwks()));
    app.awaitReady();
    var unusedEnded = app.ended().thenAcceptAsync(this::end);
    var unusedDrained =
        app.drained()
            .thenRunAsync(
                () -> {
                  console.say("Creditflow was drained.");
                  System.exit(0);
                });
    return addresses.apiUrl();
  }

  /** Ends the quickstart because Creditflow has ended by itself. */
  private void end(String reason) {
    if (!console.isStopping()) {
      System.err.println("quickstart: " + reason);
      System.exit(1);
    }
  }

  private SimulatedUpstream upstream(DataDirectory directory, Addresses addresses) {
    return new SimulatedUpstream(
        addresses.bootstrapServers(),
        addresses.schemaRegistryUrl(),
        directory.upstreamProgress(),
        clock);
  }

  private String awaitCounted(Addresses addresses) throws InterruptedException {
    try (Backlog backlog = new Backlog(addresses.bootstrapServers(), app.group())) {
      return backlog.awaitEmpty(COUNTING_PATIENCE) ? "done" : "continues in the background";
    }
  }

  private Addresses addresses(Ports ports, SigningKey key) {
    Instant now = clock.instant();
    String token =
        key.token("quickstart", List.of("*"), List.of("credits:read"), now, TOKENS_VALID);
    String opsToken =
        key.token("quickstart-ops", List.of("*"), List.of("ops:read"), now, TOKENS_VALID);
    String api = "http://127.0.0.1:" + ports.http();
    return new Addresses(
        api + "/#token=" + token,
        api,
        "http://127.0.0.1:" + ports.management(),
        "127.0.0.1:" + ports.kafka(),
        "http://127.0.0.1:" + ports.registry(),
        token,
        opsToken);
  }

  /** Registers a part to be closed. Parts are closed in reverse order. */
  private synchronized <T extends AutoCloseable> T opened(T part) {
    if (console.isStopping()) {
      throw new StartupException("stopped before it was ready");
    }
    running.push(part);
    return part;
  }

  private void stop() {
    console.stopping();
    close();
  }

  private synchronized void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) { // the other parts must still be closed
        log().warn("A part did not stop cleanly: {}", e, e);
      }
    }
  }

  /** The logger. Not a constant, because the path of the log file depends on the arguments. */
  private static Logger log() {
    return LoggerFactory.getLogger(Quickstart.class);
  }
}
