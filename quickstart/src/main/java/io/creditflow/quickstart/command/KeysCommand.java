package io.creditflow.quickstart.command;

import io.creditflow.quickstart.access.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates a key pair for tokens, if the directory has none. */
@Command(
    name = "keys",
    header = "creates the key pair that signs and verifies tokens",
    description =
        "Creates a key pair in DIR/keys, unless there is one, and prints the path of its public"
            + " keys for creditflow.auth.jwks. bin/creditflow token --data-dir DIR signs with it."
            + " For trials only: in production your identity provider signs the tokens.")
final class KeysCommand implements Callable<Path> {
  @Mixin private RunningQuickstart quickstart;

  @Override
  public Path call() {
    return SigningKey.in(quickstart.keys()).jwks();
  }
}
