package io.creditflow.api.commandline;

/** A command that cannot be carried out as given; one line says why and what would work. */
public final class CommandException extends RuntimeException {
  public CommandException(String message) {
    super(message);
  }
}
