package io.creditflow.quickstart.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line taken apart: words, and options with a value each. */
public final class Arguments {
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private boolean help;

  /**
   * @param known names of options, with their dashes; each takes a value
   * @throws CommandException naming an option that is unknown or lacks its value
   */
  public Arguments(List<String> given, Set<String> known) {
    for (int place = 0; place < given.size(); place++) {
      String argument = given.get(place);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (argument.equals("--help") || argument.equals("-h")) {
        help = true;
      } else if (!argument.startsWith("--")) {
        words.add(argument);
      } else if (!known.contains(name)) {
        throw new CommandException("unknown option " + name + "; see --help");
      } else if (equals >= 0) {
        options.put(name, argument.substring(equals + 1));
      } else if (++place < given.size()) {
        options.put(name, given.get(place));
      } else {
        throw new CommandException(name + " needs a value; see --help");
      }
    }
  }

  /** Names of options that several commands have, with those that one has beside them. */
  static Set<String> options(Set<String> common, String... own) {
    Set<String> options = new HashSet<>(common);
    options.addAll(List.of(own));
    return options;
  }

  /**
   * For commands that take options only.
   *
   * @throws CommandException naming the first word
   */
  public Arguments withoutWords() {
    if (!words.isEmpty()) {
      throw new CommandException("'" + words.get(0) + "' is no option; see --help");
    }
    return this;
  }

  public boolean help() {
    return help;
  }

  public List<String> words() {
    return List.copyOf(words);
  }

  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }
}
