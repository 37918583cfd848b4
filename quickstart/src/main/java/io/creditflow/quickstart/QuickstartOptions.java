package io.creditflow.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the command line asks for (contract section 6).
 *
 * @param traffic whether the simulated upstream runs
 * @param help whether only the help is wanted
 */
record QuickstartOptions(
    int httpPort,
    int managementPort,
    int kafkaPort,
    int registryPort,
    Path dataDirectory,
    boolean traffic,
    boolean help) {

  static final String HELP =
      """
      Usage: bin/quickstart [OPTION]...

      Starts Kafka, a schema registry, Creditflow and a simulated upstream on this machine, and
      prints the dashboard's address. Ctrl-C stops it; started again it goes on where it was.

        --http-port PORT        dashboard and API (8080)
        --management-port PORT  metrics and health (8090)
        --kafka-port PORT       Kafka (9092)
        --registry-port PORT    schema registry (8081)
        --data-dir DIR          where everything is kept (.quickstart in the project)
        --no-traffic            without the simulated events
        --version               the version
        --help                  this text

      Port 0 takes any free one. Once ready, DIR/quickstart.json holds the addresses and two tokens.
      """;

  /**
   * @param defaultDirectory the data directory if none is given
   * @throws StartupException naming what is wrong with the arguments
   */
  static QuickstartOptions parse(List<String> arguments, Path defaultDirectory) {
    int http = 8080;
    int management = 8090;
    int kafka = 9092;
    int registry = 8081;
    Path directory = defaultDirectory;
    boolean traffic = true;
    boolean help = false;
    Deque<String> rest = split(arguments);
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      switch (name) {
        case "--http-port" -> http = port(name, rest);
        case "--management-port" -> management = port(name, rest);
        case "--kafka-port" -> kafka = port(name, rest);
        case "--registry-port" -> registry = port(name, rest);
        case "--data-dir" -> directory = directory(name, rest);
        case "--no-traffic" -> traffic = false;
        case "--help", "-h" -> help = true;
        default ->
            throw new StartupException(
                "unknown option " + name + "; bin/quickstart --help lists those there are");
      }
    }
    return new QuickstartOptions(http, management, kafka, registry, directory, traffic, help);
  }

  /** {@code --name=value} is {@code --name value}. */
  private static Deque<String> split(List<String> arguments) {
    Deque<String> parts = new ArrayDeque<>();
    for (String argument : arguments) {
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (equals < 0) {
        parts.add(argument);
      } else {
        parts.add(argument.substring(0, equals));
        parts.add(argument.substring(equals + 1));
      }
    }
    return parts;
  }

  private static int port(String name, Deque<String> rest) {
    String value = value(name, rest);
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new StartupException(
          name + ": \"" + value + "\" is not a port; give a number from 0 (any free one) to 65535");
    }
    return Integer.parseInt(value);
  }

  private static Path directory(String name, Deque<String> rest) {
    String value = value(name, rest);
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new StartupException(name + ": \"" + value + "\" is not a directory's name");
    }
  }

  private static String value(String name, Deque<String> rest) {
    if (rest.isEmpty() || rest.peekFirst().isBlank()) {
      throw new StartupException(name + " needs a value; see bin/quickstart --help");
    }
    return rest.removeFirst();
  }
}
