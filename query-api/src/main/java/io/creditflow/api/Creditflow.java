package io.creditflow.api;

import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** The main class: reads the configuration, starts one instance and stops it on a signal. */
@Command(
    name = "java -jar creditflow.jar",
    exitCodeOnInvalidInput = Creditflow.EXIT_USAGE,
    subcommands = Creditflow.CheckedConfiguration.class,
    description = "Counts credits and serves them over HTTP until a signal stops it.",
    footer = {"", "Every setting is described in docs/configuration.md."})
public final class Creditflow implements Callable<Integer> {
  static final int EXIT_USAGE = 64;
  private static final int EXIT_CONFIGURATION = 78;
  private static final int EXIT_START = 1;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "read settings from a properties file; CREDITFLOW_* variables take precedence")
  private Path file;

  @Mixin StandardOptions standard;

  private Creditflow() {}

  public static void main(String[] arguments) {
    CommandRunner.main(new Creditflow(), arguments);
  }

  /** Starts the instance. Its threads keep running after this method returns. */
  @Override
  public Integer call() throws InterruptedException {
    LoggingSetup.begin();
    // Shorter than the idle timeout of the server, so that the client does not
    // send a request on a connection that the other instance is closing.
    System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    Configuration configuration = configuration();
    LoggingSetup.configure(configuration);
    run(configuration);
    return 0;
  }

  /** The command {@code config --check}: checks the settings and starts nothing. */
  @Command(
      name = "config",
      header = "checks the settings",
      description = "Checks the settings and starts nothing.",
      exitCodeOnInvalidInput = EXIT_USAGE)
  static final class CheckedConfiguration implements Callable<String> {
    @Option(names = "--check", required = true, description = "required; check the settings")
    boolean check;

    @ParentCommand private Creditflow process;

    @Override
    public String call() {
      LoggingSetup.begin();
      process.configuration();
      return "The configuration is good.";
    }
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

  private Configuration configuration() {
    try {
      return ConfigurationReader.read(file, System.getenv());
    } catch (ConfigurationException e) {
      exit(EXIT_CONFIGURATION, e.getMessage());
      throw e; // not reached
    }
  }

  private static void exit(int status, String message) {
    System.err.println(message);
    System.exit(status);
  }

  /** Holds the instance, so that a signal closes it whether or not it has started completely. */
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
        main.interrupt(); // the start is waiting for the broker
      } else {
        instance.close();
      }
    }
  }
}
