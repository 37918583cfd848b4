package io.creditflow.api.commandline;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command that is described by picocli's annotations. What a command returns is printed,
 * unless it is a number, which becomes the exit status. What is wrong with a command line, and a
 * {@link CommandException}, become one line on standard error that begins with the command's name.
 */
public final class CommandRunner {
  /** Exit status of a command that cannot do what it is asked to. */
  public static final int CANNOT = 1;

  private static final int HELP_COLUMNS = 100;

  private CommandRunner() {}

  /** Runs a command, and ends the process unless it ends well. */
  public static void main(Object command, String... arguments) {
    int status = run(command, arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs a command that prints to standard output; returns its exit status. */
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
   * @param out where its result, its help or its version goes
   * @param err where the line goes that says what is wrong
   * @return exit status: 0, {@link #CANNOT}, or 2 for a command line that is not understood, unless
   *     the command's annotation sets others
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

  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    say(command, wrong.getMessage() + "; see --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int fail(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandException) {
      say(command, failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw failure;
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + message);
  }
}
