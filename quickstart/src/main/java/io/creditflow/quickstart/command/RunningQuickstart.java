package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.quickstart.Addresses;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The quickstart that a command talks to, found by its data directory; a mixin. */
public final class RunningQuickstart {
  private static final String OPTION = "--data-dir";

  @Option(
      names = OPTION,
      paramLabel = "DIR",
      description = "the quickstart's directory (.quickstart in the project)")
  private Path given;

  /** Whether the command line names it. */
  boolean isNamed() {
    return given != null;
  }

  Path directory() {
    return isNamed() ? given : Path.of(System.getProperty("quickstart.data-dir", ".quickstart"));
  }

  /** Where its key pair is, or will be. */
  Path keys() {
    return directory().resolve("keys");
  }

  /**
   * Where it listens.
   *
   * @throws CommandException if none is ready there
   */
  public Addresses addresses() {
    Path file = directory().resolve("quickstart.json");
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
