package io.creditflow.api.commandline;

/** A command cannot be carried out. The message is one line with the reason and the remedy. */
public final class CommandException extends RuntimeException {
  public CommandException(String message) {
    super(message);
  }
}
