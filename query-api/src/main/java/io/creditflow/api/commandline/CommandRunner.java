package io.creditflow.api.commandline;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command that is described by picocli annotations. An {@link Integer} result becomes the
 * exit status; any other result is printed. An invalid command line or a {@link CommandException}
 * produces one line on standard error, which begins with the name of the command.
 */
public final class CommandRunner {
  /** The exit status of a command that fails. */
  public static final int CANNOT = 1;

  private static final int HELP_COLUMNS = 100;

  private CommandRunner() {}

  /** Runs a command. If its exit status is not 0, ends the process with that status. */
  public static void main(Object command, String... arguments) {
    int status = run(command, arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs a command that prints to standard output and standard error; returns the exit status. */
  public static int run(Object command, String... arguments) {
    return run(
        command,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        arguments);
  }

  /**
   * Runs a command.
   *
   * @param out receives the result, the help text or the version
   * @param err receives the error line
   * @return the exit status: 0, {@link #CANNOT}, or 2 for an invalid command line; the annotation
   *     of the command may set others
   */
  public static int run(Object command, PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(command)
        .setOut(out)
        .setErr(err)
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpWidth(HELP_COLUMNS)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setExecutionStrategy(CommandRunner::execute)
        .setParameterExceptionHandler(CommandRunner::refuse)
        .setExecutionExceptionHandler(CommandRunner::fail)
        .execute(arguments);
  }

  private static int execute(ParseResult parsed) {
    int status = new CommandLine.RunLast().execute(parsed);
    CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    Object result = last.getExecutionResult();
    if (result != null && !(result instanceof Integer)) {
      last.getOut().println(result);
    }
    return status;
  }

  private static int refuse(ParameterException invalid, String[] arguments) {
    CommandLine command = invalid.getCommandLine();
    printError(command, invalid.getMessage() + "; see --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int fail(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandException) {
      printError(command, failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }

  private static void printError(CommandLine command, String message) {
    command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + message);
  }
}
