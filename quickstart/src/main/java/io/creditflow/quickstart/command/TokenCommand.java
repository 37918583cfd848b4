package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.quickstart.access.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs a token with the quickstart's key. */
@Command(
    name = "token",
    header = "prints a token for the API",
    description =
        "Prints a token that the quickstart in --data-dir accepts, and any other instance that"
            + " uses the keys in that directory.")
final class TokenCommand implements Callable<String> {
  private static final Set<String> PERMISSIONS = Set.of("credits:read", "ops:read");

  @Option(
      names = "--workspaces",
      paramLabel = "ID",
      split = ",",
      defaultValue = "*",
      description = "the workspaces that the token may read; * for all, the default")
  private List<String> workspaces;

  @Option(
      names = "--permissions",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "credits:read",
      description = "credits:read (the default), ops:read")
  private List<String> permissions;

  @Option(
      names = "--valid",
      paramLabel = "DURATION",
      defaultValue = "P1D",
      description = "validity as an ISO 8601 duration (${DEFAULT-VALUE})")
  private String valid;

  @Mixin private RunningQuickstart quickstart;

  @Override
  public String call() {
    for (String permission : permissions) {
      if (!PERMISSIONS.contains(permission)) {
        throw new CommandException(
            "no permission \"" + permission + "\"; there are credits:read and ops:read");
      }
    }
    Path keys = quickstart.keys();
    if (!Files.exists(keys)) {
      throw new CommandException(
          "no keys in " + keys + "; bin/quickstart and bin/creditflow keys create them");
    }
    return SigningKey.in(keys)
        .token(
            "creditflow-cli",
            workspaces,
            permissions,
            Clock.systemUTC().instant(),
            duration(valid));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandException("\"" + text + "\" is not a duration such as PT1H or P30D");
    }
  }
}
