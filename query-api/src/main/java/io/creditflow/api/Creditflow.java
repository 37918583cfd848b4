package io.creditflow.api;

import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: reads its configuration, starts one instance, stops it in order. */
public final class Creditflow {
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_CONFIGURATION = 78;
  private static final int EXIT_START = 1;
  private static final String USAGE =
      """
      Usage: java -jar creditflow.jar [config --check] [--config FILE]

        --config FILE    read settings from a properties file; CREDITFLOW_* variables take precedence
        config --check   only check the settings, start nothing
        --version        the version
        --help           this

      Every setting is described in docs/configuration.md.
      """;

  /**
   * What was asked for.
   *
   * @param file null if none was given
   */
  private record Command(Path file, boolean isCheckOnly) {}

  public static void main(String[] arguments) throws InterruptedException {
    if (ProductVersion.isAskedFor(arguments)) {
      print(System.out, ProductVersion.current() + "\n");
      return;
    }
    LoggingSetup.begin();
    // Connections kept by the client between instances end before the server would end them.
    System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    Command command = command(arguments);
    Configuration configuration = configuration(command);
    if (command.isCheckOnly()) {
      print(System.out, "The configuration is good.\n");
      return;
    }
    LoggingSetup.configure(configuration);
    run(configuration);
  }

  private static void run(Configuration configuration) throws InterruptedException {
    Logger log = LoggerFactory.getLogger(Creditflow.class);
    Thread main = Thread.currentThread();
    RunningInstance running = new RunningInstance(main);
    Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "creditflow-stop"));
    try {
      Instance instance = Instance.start(configuration);
      running.started(instance);
      var unused = instance.ended().thenAcceptAsync(why -> exit(EXIT_START, why));
      var unusedToo = instance.drained().thenRunAsync(() -> System.exit(0));
    } catch (RuntimeException e) {
      log.debug("Start failed", e);
      exit(EXIT_START, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Command command(String[] arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    Path file = null;
    boolean isCheckOnly = false;
    while (!rest.isEmpty()) {
      String argument = rest.pop();
      if (argument.equals("--help") || argument.equals("-h")) {
        print(System.out, USAGE);
        System.exit(0);
      } else if (argument.equals("--config") && !rest.isEmpty()) {
        file = Path.of(rest.pop());
      } else if (argument.equals("config") && "--check".equals(rest.peek())) {
        rest.pop();
        isCheckOnly = true;
      } else {
        exit(EXIT_USAGE, "Not understood: " + argument + "\n" + USAGE);
      }
    }
    return new Command(file, isCheckOnly);
  }

  private static Configuration configuration(Command command) {
    try {
      return ConfigurationReader.read(command.file(), System.getenv());
    } catch (ConfigurationException e) {
      exit(EXIT_CONFIGURATION, e.getMessage());
      throw e; // not reached
    }
  }

  private static void exit(int status, String message) {
    print(System.err, message + "\n");
    System.exit(status);
  }

  private static void print(PrintStream out, String text) {
    out.print(text);
    out.flush();
  }

  /** The instance, so that a signal at any time ends it in order. */
  private static final class RunningInstance {
    private final Thread main;
    private Instance instance;
    private boolean isStopping;

    RunningInstance(Thread main) {
      this.main = main;
    }

    synchronized void started(Instance started) {
      instance = started;
      if (isStopping) {
        started.close();
      }
    }

    synchronized void stop() {
      isStopping = true;
      if (instance == null) {
        main.interrupt(); // still waiting for the broker
      } else {
        instance.close();
      }
    }
  }

  private Creditflow() {}
}
