package io.creditflow.bench;

import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Options of one benchmark: {@code --name value}, or {@code --name} alone. */
public final class BenchmarkOptions {
  private final Map<String, String> values;

  private BenchmarkOptions(Map<String, String> values) {
    this.values = values;
  }

  public static BenchmarkOptions of(List<String> args) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i++) {
      if (!args.get(i).startsWith("--")) {
        throw new WrongOptionException("'" + args.get(i) + "' is not '--name value'");
      }
      boolean alone = i + 1 == args.size() || args.get(i + 1).startsWith("--");
      values.put(args.get(i).substring(2), alone ? "" : args.get(++i));
    }
    return new BenchmarkOptions(values);
  }

  /** Refuses options that the benchmark does not know. */
  public BenchmarkOptions only(String... names) {
    for (String given : values.keySet()) {
      if (!List.of(names).contains(given)) {
        throw new WrongOptionException("there is no option --" + given);
      }
    }
    return this;
  }

  /** True if it is there, with a value or without. */
  public boolean given(String name) {
    return values.containsKey(name);
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

  /** Whole numbers separated by commas, or the default if none is given. */
  public List<Long> numbers(String name, List<Long> otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    return Arrays.stream(value.split(",", -1)).map(one -> number(name, one)).toList();
  }

  /** A whole number, or the default if it is not given. */
  public long number(String name, long otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : number(name, value);
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
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
