package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.quickstart.Addresses;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the running quickstart by its data directory; a picocli mixin. */
public final class RunningQuickstart {
  private static final String OPTION = "--data-dir";

  @Option(
      names = OPTION,
      paramLabel = "DIR",
      description = "the quickstart's directory (.quickstart in the project)")
  private Path given;

  /** Whether the command line has the option. */
  boolean isNamed() {
    return given != null;
  }

  Path directory() {
    return isNamed() ? given : Path.of(System.getProperty("quickstart.data-dir", ".quickstart"));
  }

  /** The directory of its key pair, which may not exist yet. */
  Path keys() {
    return directory().resolve("keys");
  }

  /**
   * The addresses and tokens of the quickstart.
   *
   * @throws CommandException if no quickstart is ready in the directory
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
