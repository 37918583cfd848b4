package io.creditflow.bench;

import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of one benchmark, {@code --name value} each. */
final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  static Options of(List<String> args) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i += 2) {
      if (!args.get(i).startsWith("--") || i + 1 == args.size()) {
        throw new WrongOptionException("'" + args.get(i) + "' is not '--name value'");
      }
      values.put(args.get(i).substring(2), args.get(i + 1));
    }
    return new Options(values);
  }

  /** Refuses options that the benchmark does not know. */
  Options only(String... names) {
    for (String given : values.keySet()) {
      if (!List.of(names).contains(given)) {
        throw new WrongOptionException("there is no option --" + given);
      }
    }
    return this;
  }

  /** A directory that exists. */
  Path directory(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new WrongOptionException("--" + name + " DIR is missing");
    }
    Path directory = Path.of(value);
    if (!Files.isDirectory(directory)) {
      throw new WrongOptionException("--" + name + ": " + directory + " is no directory");
    }
    return directory;
  }

  /** A whole number, or the default if it is not given. */
  long number(String name, long otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new WrongOptionException("--" + name + ": '" + value + "' is no whole number");
    }
  }

  /** The command line asks for something that is not there. */
  static final class WrongOptionException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    WrongOptionException(String message) {
      super(message);
    }
  }
}
