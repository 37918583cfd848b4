package io.creditflow.quickstart.command;

import io.creditflow.quickstart.access.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a key pair for tokens, where there is none yet. */
@Command(
    name = "keys",
    header = "makes the key pair that tokens are signed and checked with",
    description =
        "Makes a key pair in DIR/keys, unless there is one, and prints where its public half is,"
            + " for creditflow.auth.jwks. bin/creditflow token --data-dir DIR signs with it. For"
            + " trying things out: in earnest your identity provider signs the tokens.")
final class KeysCommand implements Callable<Path> {
  @Mixin private RunningQuickstart quickstart;

  @Override
  public Path call() {
    return SigningKey.in(quickstart.keys()).jwks();
  }
}
