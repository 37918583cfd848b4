package io.creditflow.quickstart.command;

import io.creditflow.quickstart.Addresses;
import java.nio.file.Files;
import java.nio.file.Path;

/** The quickstart that a command talks to, found by its data directory. */
public final class RunningQuickstart {
  public static final String OPTION = "--data-dir";

  private RunningQuickstart() {}

  public static Path directory(Arguments arguments) {
    return Path.of(
        arguments.option(OPTION).orElse(System.getProperty("quickstart.data-dir", ".quickstart")));
  }

  public static Addresses addresses(Arguments arguments) {
    Path file = directory(arguments).resolve("quickstart.json");
    if (!Files.exists(file)) {
      throw new CommandException(
          "no quickstart is ready in "
              + file.getParent()
              + "; start bin/quickstart, or name its directory with "
              + OPTION);
    }
    return Addresses.read(file);
  }
}
