package io.creditflow.quickstart.command;

import io.creditflow.quickstart.access.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Makes a key pair for tokens, where there is none yet. */
final class KeysCommand {
  private static final String HELP =
      """
      Usage: bin/creditflow keys [--data-dir DIR]

      Makes a key pair in DIR/keys, unless there is one, and prints where its public half is, for
      creditflow.auth.jwks. bin/creditflow token --data-dir DIR signs with it. For trying things
      out: in earnest your identity provider signs the tokens.\
      """;

  private KeysCommand() {}

  static String run(List<String> given) {
    Arguments arguments = new Arguments(given, Set.of(RunningQuickstart.OPTION));
    if (arguments.help()) {
      return HELP;
    }
    Path keys = RunningQuickstart.directory(arguments).resolve("keys");
    return SigningKey.in(keys).jwks().toString();
  }
}
