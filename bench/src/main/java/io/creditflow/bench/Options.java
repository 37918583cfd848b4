package io.creditflow.bench;

import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Options of one benchmark, {@code --name value} each. */
public final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  public static Options of(List<String> args) {
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
  public Options only(String... names) {
    for (String given : values.keySet()) {
      if (!List.of(names).contains(given)) {
        throw new WrongOptionException("there is no option --" + given);
      }
    }
    return this;
  }

  /** A directory that exists. */
  public Path directory(String name) {
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

  /** A directory that exists, or the default if it is not given. */
  public Path directoryOr(String name, Path otherwise) {
    return values.containsKey(name) ? directory(name) : otherwise;
  }

  /** Those of the choices whose names are given, separated by commas; all if none is. */
  public <T> List<T> choice(String name, List<T> all, Function<T, String> nameOf) {
    String value = values.get(name);
    if (value == null) {
      return all;
    }
    List<T> chosen = new ArrayList<>();
    for (String wanted : List.of(value.split(",", -1))) {
      chosen.add(
          all.stream()
              .filter(one -> nameOf.apply(one).equals(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new WrongOptionException(
                          "--%s: '%s' is none of %s"
                              .formatted(name, wanted, all.stream().map(nameOf).toList()))));
    }
    return chosen;
  }

  /** A whole number, or the default if it is not given. */
  public long number(String name, long otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new WrongOptionException("--" + name + ": '" + value + "' is no whole number");
    }
  }

  /** The command line asks for something that is not there. */
  public static final class WrongOptionException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    WrongOptionException(String message) {
      super(message);
    }
  }
}
