package io.creditflow.quickstart.command;

import io.creditflow.quickstart.access.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/** Signs a token with the quickstart's key. */
final class TokenCommand {
  private static final Set<String> PERMISSIONS = Set.of("credits:read", "ops:read");
  private static final String HELP =
      """
      Usage: bin/creditflow token [OPTION]...

      Prints a token that the API of the quickstart in --data-dir accepts, or of whatever checks
      with the keys in there.

        --workspaces ID,...       which it may read; * for all, the default
        --permissions NAME,...    credits:read (the default), ops:read
        --valid DURATION          for how long, in ISO 8601 (P1D)
        --data-dir DIR            the quickstart's directory\
      """;

  private TokenCommand() {}

  static String run(List<String> given) {
    Arguments arguments =
        new Arguments(
            given, Set.of("--workspaces", "--permissions", "--valid", RunningQuickstart.OPTION));
    if (arguments.help()) {
      return HELP;
    }
    List<String> permissions = list(arguments.option("--permissions").orElse("credits:read"));
    for (String permission : permissions) {
      if (!PERMISSIONS.contains(permission)) {
        throw new CommandException(
            "no permission \"" + permission + "\"; there are credits:read and ops:read");
      }
    }
    Path keys = RunningQuickstart.directory(arguments).resolve("keys");
    if (!Files.exists(keys)) {
      throw new CommandException(
          "no keys in "
              + keys
              + "; bin/quickstart makes them there, and so does bin/creditflow keys");
    }
    return SigningKey.in(keys)
        .token(
            "creditflow-cli",
            list(arguments.option("--workspaces").orElse("*")),
            permissions,
            Clock.systemUTC().instant(),
            duration(arguments.option("--valid").orElse("P1D")));
  }

  private static List<String> list(String text) {
    return List.of(text.split(",", -1));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandException("\"" + text + "\" is not a duration such as PT1H or P30D");
    }
  }
}
